//! Self-contained HTML pages: one file, no scripts or styles from elsewhere.

use std::fmt::Display;

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

/// A page from parts that are HTML already.
pub fn page(title: &str, parts: &[String]) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n<style>{STYLE}\n</style>\n\
         </head>\n<body>\n<h1>{title}</h1>\n{}\n<script>{FILTER}\n</script>\n</body>\n</html>\n",
        parts.join("\n"),
        title = escape(title),
    )
}

/// Text as HTML.
pub fn escape(text: impl Display) -> String {
    let text = text.to_string();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A paragraph.
pub fn paragraph(text: impl Display) -> String {
    format!("<p>{}</p>", escape(text))
}

/// A row of cells that are HTML already; `attributes` go into its tag.
pub fn row(attributes: &str, cells: &[String]) -> String {
    format!("<tr {attributes}>{}</tr>", cells.iter().map(|cell| format!("<td>{cell}</td>")).collect::<String>())
}

/// A table of text.
pub fn text_table(header: &[&str], rows: &[Vec<String>]) -> String {
    let row = |cells: &Vec<String>| row("", &cells.iter().map(escape).collect::<Vec<_>>());
    table(header, &rows.iter().map(row).collect::<Vec<_>>())
}

/// A table of rows; with a field to filter them by.
pub fn filtered_table(header: &[&str], rows: &[String]) -> String {
    format!(
        "<input id=\"filter\" placeholder=\"filter\">\n<table><thead>{}</thead><tbody class=\"filtered\">\n{}\n</tbody></table>",
        head(header),
        rows.join("\n")
    )
}

/// A table of rows.
pub fn table(header: &[&str], rows: &[String]) -> String {
    format!("<table><thead>{}</thead><tbody>\n{}\n</tbody></table>", head(header), rows.join("\n"))
}

/// How often something occurs, as bars.
pub fn histogram<'a>(counts: impl Iterator<Item = (&'a str, usize)>) -> String {
    let mut counts: Vec<_> = counts.collect();
    counts.sort_by_key(|&(name, count)| (std::cmp::Reverse(count), name));
    let largest = counts.first().map_or(1, |&(_, count)| count.max(1));
    let bar = |count: usize| format!("<span class=\"bar\" style=\"width: {}px\"></span>{count}", 300 * count / largest);
    let rows: Vec<_> = counts.iter().map(|&(name, count)| row("", &[escape(name), bar(count)])).collect();
    format!("<table><thead>{}</thead><tbody>{}</tbody></table>", head(&["operator", "count"]), rows.join("\n"))
}

fn head(header: &[&str]) -> String {
    header.iter().map(|name| format!("<th>{}</th>", escape(name))).collect()
}
