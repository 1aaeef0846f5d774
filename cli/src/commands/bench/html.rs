//! What was measured, as a page.

use edgeconv_terminal::page;
use edgeconv_validate::bench::{FileReport, RatioReport};
use maud::{Markup, html};
use plotters::prelude::*;

use super::groups::VIEWS;
use super::profile;
use super::report::{HEADER, Report, cells, host, sentence};
use crate::failure::Failure;

/// Width of the plots in pixels.
const WIDTH: u32 = 1000;

type Drawn = Result<String, DrawingAreaErrorKind<std::io::Error>>;

/// The page.
pub(super) fn page_of(Report { command, measured: report, .. }: &Report) -> Result<String, Failure> {
    let failed =
        |error: DrawingAreaErrorKind<std::io::Error>| Failure::Failed(format!("can't draw the times: {error}"));
    let together = report.profiled_together();
    let side_by_side = together.iter().flat_map(|files| profile::side_by_side(files));
    let content = html! {
        pre { (command.join(" ")) }
        p { (host(report)) }
        @for reason in &report.unfit { p { "Not fit for measuring: " (reason) "." } }
        (page::text_table(&HEADER, &report.files.iter().map(cells).collect::<Vec<_>>()))
        h2 { "Distribution" }
        p { "Share of the runs that took at most so many milliseconds." }
        (page::plot(distribution(&report.files).map_err(failed)?))
        @if !report.ratios.is_empty() {
            h2 { "Ratios" }
            @for ratio in &report.ratios { p { (sentence(ratio)) } }
            (page::plot(ratios(&report.ratios).map_err(failed)?))
        }
        @for (header, rows) in side_by_side {
            h2 { "Side by side, ms" }
            (page::text_table(&header, &rows))
        }
        @for file in report.files.iter().filter(|file| !file.ops.is_empty()) {
            h2 { (label(file)) }
            (operators(file))
        }
    };
    let names: Vec<_> = report.files.iter().map(|file| file.file.display().to_string()).collect();
    Ok(page::page(&names.join(", "), &content))
}

/// The operators in each view, with bars.
fn operators(file: &FileReport) -> Markup {
    let total = profile::total(&file.ops);
    let row = |group: &profile::Group| (group.cells(total), group.ms);
    html! {
        @for (view, groups) in VIEWS.into_iter().zip(profile::views(&file.ops)) {
            (page::bars(&profile::header(view), &groups.iter().map(row).collect::<Vec<_>>()))
        }
    }
}

fn label(file: &FileReport) -> String {
    format!("{}, {} threads", file.file.display(), file.threads)
}

/// The cumulative distribution of each file's times.
fn distribution(files: &[FileReport]) -> Drawn {
    let sorted: Vec<Vec<f64>> = files
        .iter()
        .map(|file| {
            let mut samples = file.samples_ms.clone();
            samples.sort_by(f64::total_cmp);
            samples
        })
        .collect();
    let all = || sorted.iter().flatten().copied();
    let (low, high) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
    let mut svg = String::new();
    {
        let infallible = |_| DrawingAreaErrorKind::LayoutError;
        let area = SVGBackend::with_string(&mut svg, (WIDTH, 360)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(10)
            .x_label_area_size(30)
            .y_label_area_size(50)
            .build_cartesian_2d(low * 0.98..high * 1.02, 0.0..1.0)
            .map_err(infallible)?;
        chart.configure_mesh().x_desc("ms").draw().map_err(infallible)?;
        for (index, (file, samples)) in files.iter().zip(&sorted).enumerate() {
            let color = Palette99::pick(index).to_rgba();
            let count = samples.len() as f64;
            let points = samples.iter().enumerate().map(|(index, &ms)| (ms, (index + 1) as f64 / count));
            let series = chart.draw_series(LineSeries::new(points, color.stroke_width(2))).map_err(infallible)?;
            let key = move |(x, y)| PathElement::new(vec![(x, y), (x + 15, y)], color.stroke_width(2));
            series.label(label(file)).legend(key);
        }
        let mut labels = chart.configure_series_labels();
        labels.position(SeriesLabelPosition::LowerRight).background_style(WHITE).border_style(BLACK);
        labels.draw().map_err(infallible)?;
        area.present().map_err(infallible)?;
    }
    Ok(svg)
}

/// Each ratio with its interval; the line is where nothing differs.
fn ratios(ratios: &[RatioReport]) -> Drawn {
    let all = || ratios.iter().map(|ratio| ratio.verdict.ratio);
    let (low, high) = (all().map(|r| r.low).fold(1.0, f64::min), all().map(|r| r.high).fold(1.0, f64::max));
    let rows = ratios.len() as f64;
    let mut svg = String::new();
    {
        let infallible = |_| DrawingAreaErrorKind::LayoutError;
        let area = SVGBackend::with_string(&mut svg, (WIDTH, 60 + 40 * ratios.len() as u32)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(10)
            .x_label_area_size(30)
            .build_cartesian_2d(low * 0.98..high * 1.02, 0.0..rows)
            .map_err(infallible)?;
        chart.configure_mesh().disable_y_mesh().disable_y_axis().draw().map_err(infallible)?;
        let ones = [(1.0, 0.0), (1.0, rows)];
        chart.draw_series(LineSeries::new(ones, BLACK)).map_err(infallible)?;
        for (index, ratio) in all().enumerate() {
            let (y, color) = (index as f64 + 0.5, Palette99::pick(index + 1).to_rgba());
            let interval = [(ratio.low, y), (ratio.high, y)];
            chart.draw_series(LineSeries::new(interval, color.stroke_width(3))).map_err(infallible)?;
            chart.draw_series([Circle::new((ratio.median, y), 5, color.filled())]).map_err(infallible)?;
        }
        area.present().map_err(infallible)?;
    }
    Ok(svg)
}
