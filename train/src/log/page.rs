//! The page of a run: its curves, and its numbers so far. One file, nothing from elsewhere.

use std::ops::Range;
use std::path::Path;

use edgeconv_terminal::page;
use indexmap::IndexMap;
use maud::html;
use plotters::coord::Shift;
use plotters::prelude::*;

use super::{LogError, Record, names, unwritable};

/// Size of a plot in pixels.
const SIZE: (u32, u32) = (1000, 320);

type Drawn<T> = Result<T, DrawingAreaErrorKind<std::io::Error>>;

/// Writes the page.
pub(super) fn write(path: &Path, title: &str, records: &[Record]) -> Result<(), LogError> {
    let page = page_of(title, records).map_err(|error| LogError::Plot(error.to_string()))?;
    edgeconv_files::write(path, page).map_err(|source| unwritable(path, source))
}

fn page_of(title: &str, records: &[Record]) -> Drawn<String> {
    let mut plots = vec![];
    for (what, curves) in curves(records) {
        plots.push((what, page::plot(plot(&curves)?)));
    }
    let content = html! {
        (page::text_table(&["", "last", "least", "greatest"], &ranges(records)))
        @for (what, plot) in plots { h2 { (what) } (plot) }
    };
    Ok(page::page(title, &content))
}

/// The last value of each kind, and its range.
fn ranges(records: &[Record]) -> Vec<Vec<String>> {
    let row = |name: &str| {
        let points: Vec<_> = points(records, name).collect();
        let shown = |point: Option<(usize, f64)>| {
            point.map_or(String::new(), |(epoch, value)| format!("{value:.6} (epoch {epoch})"))
        };
        let best = |better: fn(f64, f64) -> bool| {
            shown(points.iter().copied().reduce(|a, b| if better(b.1, a.1) { b } else { a }))
        };
        vec![name.to_owned(), shown(points.last().copied()), best(|a, b| a < b), best(|a, b| a > b)]
    };
    names(records).into_iter().map(row).collect()
}

/// Epochs and values by the whole name of a value.
type Curves<'a> = Vec<(&'a str, Vec<(usize, f64)>)>;

/// The curves by what they show, which is what is after the slash.
fn curves(records: &[Record]) -> IndexMap<&str, Curves<'_>> {
    let mut curves = IndexMap::<&str, Curves>::new();
    for name in names(records) {
        let what = name.split_once('/').map_or(name, |(_, what)| what);
        curves.entry(what).or_default().push((name, points(records, name).collect()));
    }
    curves
}

/// Epochs with the values of that name; those that cannot be drawn are left out.
fn points<'a>(records: &'a [Record], name: &'a str) -> impl Iterator<Item = (usize, f64)> + 'a {
    let value = move |record: &Record| Some((record.epoch, *record.values.get(name)?));
    records.iter().filter_map(value).filter(|(_, value)| value.is_finite())
}

fn plot(curves: &Curves) -> Drawn<String> {
    let mut svg = String::new();
    draw(&SVGBackend::with_string(&mut svg, SIZE).into_drawing_area(), curves)
        .map_err(|_| DrawingAreaErrorKind::LayoutError)?;
    Ok(svg)
}

/// An error of drawing into memory.
type Unlikely = DrawingAreaErrorKind<std::io::Error>;

fn draw(area: &DrawingArea<SVGBackend, Shift>, curves: &Curves) -> Result<(), Unlikely> {
    let values = || curves.iter().flat_map(|(_, points)| points);
    let last = values().map(|(epoch, _)| *epoch).max().unwrap_or(0).max(1);
    let mut chart = ChartBuilder::on(area)
        .margin(10)
        .x_label_area_size(30)
        .y_label_area_size(60)
        .build_cartesian_2d(0..last, range(values().map(|(_, value)| *value)))?;
    chart.configure_mesh().x_desc("epoch").draw()?;
    for (index, (name, points)) in curves.iter().enumerate() {
        let style = Palette99::pick(index).to_rgba().stroke_width(2);
        let key = move |(x, y)| PathElement::new(vec![(x, y), (x + 15, y)], style);
        chart.draw_series(LineSeries::new(points.iter().copied(), style))?.label(*name).legend(key);
    }
    chart.configure_series_labels().background_style(WHITE).border_style(BLACK).draw()?;
    area.present()
}

/// From the least value to the greatest, and a little more.
fn range(values: impl Iterator<Item = f64> + Clone) -> Range<f64> {
    let (low, high) = (values.clone().fold(f64::INFINITY, f64::min), values.fold(f64::NEG_INFINITY, f64::max));
    match (high - low) * 0.05 {
        margin if margin > 0.0 => low - margin..high + margin,
        // One value, or none.
        _ if low.is_finite() => low - 0.5 * low.abs().max(1e-9)..low + 0.5 * low.abs().max(1e-9),
        _ => 0.0..1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::record;
    use super::*;

    #[test]
    fn curves_of_one_kind_share_a_plot() {
        let records = [
            record(0, &[("Train/Loss", 2.0), ("Val/Loss", 1.5), ("LR/Group-0", 4e-4), ("Val/Top1", f64::NAN)]),
            record(1, &[("Train/Loss", 1.0), ("Val/Loss", f64::INFINITY), ("LR/Group-0", 4e-3), ("Val/Top1", 12.5)]),
        ];
        let page = page_of("a < b", &records).unwrap();
        assert!(page.contains("<h1>a &lt; b</h1>"));
        assert_eq!(page.matches("<svg").count(), 3);
        assert_eq!(page.matches("<h2>").count(), 3);
        // Losses of two kinds, and in the table: last, least, greatest.
        assert!(page.contains(
            "<td>Train/Loss</td><td>1.000000 (epoch 1)</td><td>1.000000 (epoch 1)</td><td>2.000000 (epoch 0)</td>"
        ));
        assert!(page.contains("<td>Val/Loss</td><td>1.500000 (epoch 0)</td>"));
        assert!(!page.contains("inf") && !page.contains("NaN"));
    }

    #[test]
    fn hostile_names_are_text() {
        let name = "Train/<script>alert(\"1\")</script>";
        let page = page_of(name, &[record(0, &[(name, 1.0)]), record(1, &[(name, 0.5)])]).unwrap();
        assert!(!page.contains("<script>alert"), "{page}");
        assert!(page.contains("<h2>&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;</h2>"), "{page}");
    }

    #[test]
    fn a_run_that_has_only_begun_or_only_diverged_has_a_page() {
        for value in [0.0, -1.0, 1e300, f64::NAN] {
            assert_eq!(page_of("run", &[record(7, &[("Train/Loss", value)])]).unwrap().matches("<svg").count(), 1);
        }
        assert_eq!(page_of("run", &[]).unwrap().matches("<svg").count(), 0);
        assert_eq!(range([1.0, 3.0].into_iter()), 0.9..3.1);
    }
}
