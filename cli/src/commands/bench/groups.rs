//! Operators taken together, by their type or by the module of the original network, and files side by side.

/// How many rows a table on the terminal shows.
pub(super) const SHOWN: usize = 12;

/// What operators are taken together by: the first column of a table.
pub(super) const VIEWS: [&str; 3] = ["type", "module", "operator"];

/// The name of an operator's group in each of [`VIEWS`].
pub(super) fn keys(name: &str, op_type: &str) -> [String; 3] {
    [op_type.to_owned(), path(name).into_iter().take(2).collect::<Vec<_>>().join("."), name.to_owned()]
}

/// The modules that an operator is in, outermost first: names of PyTorch have dots, those of ONNX files slashes.
pub(super) fn path(name: &str) -> Vec<&str> {
    name.split(['.', '/']).filter(|part| !part.is_empty()).collect()
}

/// Items of the same key together, in order of appearance.
pub(super) fn grouped<T>(items: &[T], key: impl Fn(&T) -> String) -> Vec<(String, Vec<&T>)> {
    let mut groups: Vec<(String, Vec<&T>)> = vec![];
    for item in items {
        let key = key(item);
        match groups.iter_mut().find(|(name, _)| *name == key) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    groups
}

/// A file's groups and their values.
pub(super) type Column = (String, Vec<(String, f64)>);

/// A table's header and rows.
pub(super) type Rows = (Vec<String>, Vec<Vec<String>>);

/// Files side by side: the groups of one view, the value of each file, and what the last file takes more than the first; largest
/// difference first. Nothing for a single file.
pub(super) fn side_by_side(view: &str, columns: &[Column], decimals: usize) -> Option<Rows> {
    let (_, [_, ..]) = columns.split_first()? else { return None };
    let value =
        |(_, groups): &Column, name: &str| groups.iter().find(|group| group.0 == name).map_or(0.0, |group| group.1);
    let mut names: Vec<&str> = vec![];
    for (name, _) in columns.iter().flat_map(|(_, groups)| groups) {
        if !names.contains(&name.as_str()) {
            names.push(name);
        }
    }
    let row = |name: &str| {
        let values: Vec<f64> = columns.iter().map(|column| value(column, name)).collect();
        let more = values[values.len() - 1] - values[0];
        let cells = values.iter().map(|value| format!("{value:.decimals$}"));
        let cells = std::iter::once(name.to_owned()).chain(cells).chain([format!("{more:+.decimals$}")]);
        (more, cells.collect::<Vec<_>>())
    };
    let mut rows: Vec<_> = names.into_iter().map(row).collect();
    rows.sort_by(|(a, _), (b, _)| b.abs().total_cmp(&a.abs()));
    let header = std::iter::once(view.to_owned()).chain(columns.iter().map(|(file, _)| file.clone()));
    Some((header.chain(["difference".to_owned()]).collect(), rows.into_iter().map(|(_, cells)| cells).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_pytorch_and_of_onnx_files_give_modules() {
        assert_eq!(keys("layer_3.1.conv", "Convolution"), ["Convolution", "layer_3.1", "layer_3.1.conv"]);
        assert_eq!(keys("/layer_3/conv/Conv", "Pooling")[1], "layer_3.conv");
    }

    #[test]
    fn files_are_compared_by_what_differs_most() {
        let column = |file: &str, groups: &[(&str, f64)]| {
            (file.to_owned(), groups.iter().map(|(name, value)| ((*name).to_owned(), *value)).collect())
        };
        let columns = [column("a", &[("x", 1.0), ("y", 2.0)]), column("b", &[("y", 1.0), ("z", 5.0)])];
        let (header, rows) = side_by_side("type", &columns, 1).unwrap();
        assert_eq!(header, ["type", "a", "b", "difference"]);
        assert_eq!(rows, [["z", "0.0", "5.0", "+5.0"], ["x", "1.0", "0.0", "-1.0"], ["y", "2.0", "1.0", "-1.0"]]);
        assert_eq!(side_by_side("type", &columns[..1], 1), None);
    }
}
