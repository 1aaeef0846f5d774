//! Self-contained HTML pages: one file, no scripts or styles from elsewhere. Text is escaped by [`maud`]; what isn't is marked
//! [`PreEscaped`].

use std::cmp::Reverse;

use edgeconv_files::name::escaped;
use maud::{DOCTYPE, Markup, PreEscaped, html};

const STYLE: &str = "
body { font: 14px/1.4 system-ui, sans-serif; margin: 2em; color: #222; }
table { border-collapse: collapse; margin: 1em 0; }
th, td { text-align: left; vertical-align: top; padding: .2em .8em; border-bottom: 1px solid #ddd; }
th { position: sticky; top: 0; background: #fff; }
td { font-family: ui-monospace, monospace; font-size: 12px; }
a { color: #06c; text-decoration: none; }
tr:target { background: #ffc; }
tr.added { background: #e6ffec; }
tr.removed { background: #ffebe9; }
tr.changed { background: #fff8c5; }
.bar { display: inline-block; height: .7em; background: #69c; margin-right: .5em; }
pre { background: #f6f8fa; padding: .8em; white-space: pre-wrap; }
.sketch { white-space: pre; letter-spacing: -1px; }
.number { white-space: nowrap; }
svg { display: block; margin: 1em 0; }
input { padding: .3em; width: 20em; }";

/// Hides the rows that do not contain what is typed.
const FILTER: &str = "
document.getElementById('filter')?.addEventListener('input', event => {
  const text = event.target.value.toLowerCase();
  for (const row of document.querySelectorAll('tbody.filtered tr'))
    row.hidden = !row.textContent.toLowerCase().includes(text);
});";

/// A whole page.
pub fn page(title: &str, content: &Markup) -> String {
    let title = escaped(title);
    // What acts on a page is shown, line breaks too; markup has nothing of that kind.
    let content = PreEscaped(escaped(&content.0));
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                (content)
                script { (PreEscaped(FILTER)) }
            }
        }
    };
    page.into_string()
}

/// A table of rows, which are `tr` elements.
pub fn table(header: &[impl AsRef<str>], rows: &[Markup]) -> Markup {
    html! {
        table {
            thead { (head(header)) }
            tbody { @for row in rows { (row) } }
        }
    }
}

/// A table with a field to filter its rows by; one on a page.
pub fn filtered_table(header: &[impl AsRef<str>], rows: &[Markup]) -> Markup {
    html! {
        input #filter placeholder="filter";
        table {
            thead { (head(header)) }
            tbody .filtered { @for row in rows { (row) } }
        }
    }
}

fn head(header: &[impl AsRef<str>]) -> Markup {
    html! { tr { @for name in header { th { (name.as_ref()) } } } }
}

/// A table of text.
pub fn text_table(header: &[impl AsRef<str>], rows: &[Vec<String>]) -> Markup {
    table(header, &rows.iter().map(|cells| text_row(cells)).collect::<Vec<_>>())
}

/// A row of text.
pub fn text_row(cells: &[String]) -> Markup {
    html! { tr { @for cell in cells { td { (cell) } } } }
}

/// A table with a bar behind each row, as long as its number.
pub fn bars(header: &[impl AsRef<str>], rows: &[(Vec<String>, f64)]) -> Markup {
    let longest = rows.iter().map(|(_, number)| *number).fold(f64::MIN_POSITIVE, f64::max);
    let header: Vec<_> = header.iter().map(AsRef::as_ref).chain([""]).collect();
    let rows = rows.iter().map(|(cells, number)| {
        let width = format!("width: {:.0}px", 200.0 * number / longest);
        html! { tr { @for cell in cells { td { (cell) } } td { span .bar style=(width) {} } } }
    });
    table(&header, &rows.collect::<Vec<_>>())
}

/// How often each operator occurs, most frequent first.
pub fn histogram<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> Markup {
    let mut counts: Vec<_> = counts.collect();
    counts.sort_by_key(|&(name, count)| (Reverse(count), name));
    let rows = counts.into_iter().map(|(name, count)| (vec![name.to_owned(), count.to_string()], count as f64));
    bars(&["operator", "count"], &rows.collect::<Vec<_>>())
}

/// A text of several lines as it is.
pub fn lines(text: &str) -> Markup {
    html! { pre { @for line in text.lines() { (line) br; } } }
}

/// A plot that `plotters` has drawn as SVG, which escapes its texts.
pub fn plot(svg: String) -> Markup {
    PreEscaped(svg.replace('\n', " "))
}
