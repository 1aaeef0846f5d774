//! What layers cost in integers, as a page.

use edgeconv_terminal::page;
use maud::html;
use plotters::prelude::*;

use super::Sensitivity;
use crate::failure::Failure;

/// Width of the plot in pixels.
const WIDTH: u32 = 1000;

/// The page.
pub(super) fn page_of(layers: &[Sensitivity]) -> Result<String, Failure> {
    let failed = |error| Failure::Failed(format!("can't draw what layers cost: {error}"));
    let rows: Vec<_> = layers.iter().map(Sensitivity::cells).collect();
    // What outputs lose that are no numbers has no place.
    let drawn: Vec<_> = layers.iter().filter(|layer| !layer.error().is_nan()).collect();
    let content = html! {
        p { "What outputs lose when a layer alone is computed in integers, as a share of them (root mean square), by its MACs." }
        @if !drawn.is_empty() { (page::plot(plot(&drawn).map_err(failed)?)) }
        (page::text_table(&Sensitivity::HEADER, &rows))
    };
    Ok(page::page("Sensitivity of layers", &content))
}

/// A point for each layer: those above cost much, those on the left gain little.
fn plot(layers: &[&Sensitivity]) -> Result<String, DrawingAreaErrorKind<std::io::Error>> {
    let points: Vec<_> = layers.iter().map(|layer| (layer.macs as f64 / 1e6, layer.error().clamp(1e-9, 1e9))).collect();
    let bounds = |of: fn(&(f64, f64)) -> f64| {
        let all = || points.iter().map(of);
        all().fold(f64::INFINITY, f64::min) / 1.3..all().fold(0.0, f64::max) * 1.3
    };
    let mut svg = String::new();
    {
        let infallible = |_| DrawingAreaErrorKind::LayoutError;
        let area = SVGBackend::with_string(&mut svg, (WIDTH, 480)).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin(10)
            .x_label_area_size(40)
            .y_label_area_size(70)
            .build_cartesian_2d(bounds(|point| point.0).log_scale(), bounds(|point| point.1).log_scale())
            .map_err(infallible)?;
        let mut mesh = chart.configure_mesh();
        let error = |error: &f64| format!("{error:.0e}");
        mesh.x_desc("M MACs").y_desc("error").y_label_formatter(&error).draw().map_err(infallible)?;
        let circles = points.iter().map(|&point| Circle::new(point, 4, Palette99::pick(0).filled()));
        chart.draw_series(circles).map_err(infallible)?;
        // Those that cost most have their names.
        let named = layers.iter().zip(&points).take(10);
        let name = |(layer, &point): (&&Sensitivity, _)| {
            EmptyElement::at(point) + Text::new(layer.layer.clone(), (8, -6), ("sans-serif", 12))
        };
        chart.draw_series(named.map(name)).map_err(infallible)?;
        area.present().map_err(infallible)?;
    }
    Ok(svg)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layers_whose_cost_is_no_number_are_listed_but_not_drawn() {
        let layer = |name: &str, error| Sensitivity::of(name, 1_000_000, error);
        let page = page_of(&[layer("broken", f64::NAN), layer("good", 0.01)]).unwrap();
        let (plot, table) = page.split_once("</svg>").unwrap();
        assert!(plot.contains("good") && !plot.contains("broken") && !plot.contains("NaN"), "{plot}");
        assert!(table.contains("broken") && table.contains("NaN"), "{table}");
        let page = page_of(&[layer("broken", f64::NAN)]).unwrap();
        assert!(!page.contains("<svg") && page.contains("broken"), "{page}");
    }
}
