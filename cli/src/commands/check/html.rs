//! The report as a page: errors by depth, worst layers first.

use std::ops::Range;

use edgeconv_terminal::page;
use edgeconv_validate::check::Parity;
use edgeconv_validate::distribution::Distribution;
use maud::{Markup, html};
use plotters::prelude::*;

use super::report::{HEADER, Report, about_integers, cells, drifted, explanation, ran, share};
use crate::failure::Failure;

/// Size of the plot in pixels.
const SIZE: (u32, u32) = (1000, 360);

/// Errors below are drawn as this one: there is no logarithm of 0.
const LEAST: f64 = 1e-9;

/// The page.
pub(super) fn page_of(report: &Report) -> Result<String, Failure> {
    let misfits = report.found.misfits.iter().map(about_integers);
    let texts = report
        .found
        .faults
        .iter()
        .map(explanation)
        .chain(misfits)
        .chain(report.found.drift.iter().flatten().map(drifted));
    let content = html! {
        p { (report.headline()) }
        @for line in ran(report) { p { (line) } }
        h2 { "Outputs" }
        (page::table(&header(), &report.found.results.iter().map(row).collect::<Vec<_>>()))
        @for text in texts { (page::lines(&text)) }
        @if !report.found.layers.is_empty() { (layers(report)?) }
    };
    let [candidate, reference] = [&report.candidate, &report.reference].map(|path| path.display());
    Ok(page::page(&format!("{candidate} against {reference}"), &content))
}

fn layers(report: &Report) -> Result<Markup, Failure> {
    let plot =
        plot(&report.found.layers).map_err(|error| Failure::Failed(format!("can't draw the errors: {error}")))?;
    Ok(html! {
        h2 { "Values inside" }
        p {
            "Largest error of each value, as a share of its largest element, in order of computation. "
            "The line is what is allowed."
        }
        (page::plot(plot))
        (page::filtered_table(&header(), &report.worst_layers().into_iter().map(row).collect::<Vec<_>>()))
    })
}

fn header() -> Vec<&'static str> {
    [&HEADER[..], &["reference", "candidate", "errors"]].concat()
}

fn row(result: &Parity) -> Markup {
    let class = (!result.comparison.passed).then_some("removed");
    let sketches = match &result.distribution {
        Some(Distribution { low, high, found, expected, errors }) => {
            let range = format!("{low:.3e} to {high:.3e}");
            let decades = "none, up to 1e-8, 1e-7, … 1e-1 of the largest element, above";
            [sketch(expected, &range), sketch(found, &range), sketch(errors, decades)]
        }
        None => Default::default(),
    };
    html! {
        tr class=[class] {
            @for (index, cell) in cells(result).into_iter().enumerate() {
                // The last cell may be a sentence.
                td class=[(index + 1 < HEADER.len()).then_some("number")] { (cell) }
            }
            @for sketch in sketches { td { (sketch) } }
        }
    }
}

/// Counts as a row of bars.
fn sketch(counts: &[u32], title: &str) -> Markup {
    const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let most = counts.iter().copied().max().unwrap_or(0).max(1);
    // What occurs at all is visible.
    let bar = |&count: &u32| BARS[(u64::from(count) * 8).div_ceil(u64::from(most)) as usize];
    html! { span .sketch title=(title) { (counts.iter().map(bar).collect::<String>()) } }
}

/// Errors by order of computation, on a logarithmic scale.
fn plot(layers: &[Parity]) -> Result<String, DrawingAreaErrorKind<std::io::Error>> {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let infallible = |_| DrawingAreaErrorKind::LayoutError;
        let mut chart = ChartBuilder::on(&area)
            .margin(10)
            .x_label_area_size(30)
            .y_label_area_size(60)
            .build_cartesian_2d(0..layers.len(), errors(layers).log_scale())
            .map_err(infallible)?;
        let labels = |error: &f64| format!("{error:.0e}");
        chart.configure_mesh().disable_x_mesh().y_label_formatter(&labels).draw().map_err(infallible)?;
        let allowed = layers.iter().enumerate().map(|(index, layer)| (index, drawable(allowed(layer))));
        chart.draw_series(LineSeries::new(allowed, RGBColor(120, 120, 120))).map_err(infallible)?;
        let points = layers.iter().enumerate().map(|(index, layer)| {
            let color = if layer.comparison.passed { RGBColor(60, 120, 190) } else { RGBColor(200, 30, 30) };
            Circle::new((index, drawable(share(layer))), 3, color.filled())
        });
        chart.draw_series(points).map_err(infallible)?;
        area.present().map_err(infallible)?;
    }
    Ok(svg)
}

/// What would be allowed for the largest element.
fn allowed(layer: &Parity) -> f64 {
    let largest = layer.comparison.max_expected.max(f64::MIN_POSITIVE);
    (layer.tolerance.atol + layer.tolerance.rtol * largest) / largest
}

/// NaN is drawn as the worst of all.
fn drawable(error: f64) -> f64 {
    if error.is_nan() { 1.0 } else { error.clamp(LEAST, 1e3) }
}

/// From the least error to the largest, in whole powers of ten.
fn errors(layers: &[Parity]) -> Range<f64> {
    let all = || layers.iter().flat_map(|layer| [share(layer), allowed(layer)]).map(drawable);
    let (low, high) = (all().fold(1.0, f64::min), all().fold(LEAST, f64::max));
    10f64.powf(low.log10().floor())..10f64.powf(high.log10().ceil()) * 1.01
}
