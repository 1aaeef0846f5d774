//! COCO 2017 and others laid out like it, for detection.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Dataset, Part, check_folder, no_sample, read_file, read_picture};
use crate::error::DataError;
use crate::sample::{Object, Sample, Shows};

/// `root/annotations/instances_{train,val}2017.json` and `root/images/{train,val}2017/*.jpg`.
///
/// To train on there are the pictures with an annotation, in the order of the annotations; to validate on, all pictures in
/// the order of the file. Crowds and boxes without area are left out. Classes are the categories by rising id, from 1 on.
pub struct Coco {
    annotations: PathBuf,
    folder: PathBuf,
    class_names: Vec<String>,
    category_ids: Vec<u64>,
    pictures: Vec<Annotated>,
}

/// A picture of COCO.
struct Annotated {
    id: u64,
    file_name: String,
    objects: Vec<Object>,
}

impl Coco {
    /// Reads the annotations.
    ///
    /// # Errors
    /// If they or the folder of the pictures are missing, or if they are of another format or contradict themselves.
    pub fn open(root: &Path, part: Part) -> Result<Self, DataError> {
        let name = match part {
            Part::Train => "train2017",
            Part::Validation => "val2017",
        };
        let expected = format!(
            "COCO is expected as annotations/instances_{name}.json and images/{name}/*.jpg in the dataset's folder"
        );
        let path = root.join("annotations").join(format!("instances_{name}.json"));
        let bytes = read_file(&path, &expected)?;
        let folder = root.join("images").join(name);
        check_folder(&folder, &expected)?;
        let file: File = serde_json::from_slice(&bytes)
            .map_err(|error| DataError::content(&path, format!("no annotations in the format of COCO: {error}")))?;
        file.into_dataset(path.clone(), folder, part).map_err(|reason| DataError::content(&path, reason))
    }

    /// The file of the annotations.
    pub fn annotations(&self) -> &Path {
        &self.annotations
    }

    /// The ids of the categories by class; the background has id 0.
    pub fn category_ids(&self) -> &[u64] {
        &self.category_ids
    }

    /// The id of a picture in the annotations.
    pub fn image_id(&self, index: usize) -> Option<u64> {
        self.pictures.get(index).map(|picture| picture.id)
    }
}

impl Dataset for Coco {
    fn len(&self) -> usize {
        self.pictures.len()
    }

    fn class_names(&self) -> &[String] {
        &self.class_names
    }

    fn picture_name(&self, index: usize) -> String {
        self.pictures.get(index).map(|picture| picture.file_name.clone()).unwrap_or_default()
    }

    fn read(&self, index: usize) -> Result<Sample, DataError> {
        let annotated = self.pictures.get(index).ok_or_else(|| no_sample(&self.folder, index, self.len()))?;
        let picture = read_picture(&self.folder.join(&annotated.file_name))?;
        Ok(Sample { picture, shows: Shows::Objects(annotated.objects.clone()) })
    }
}

/// What is used of a file of annotations.
#[derive(Deserialize)]
struct File {
    images: Vec<Image>,
    annotations: Vec<Annotation>,
    categories: Vec<Category>,
}

#[derive(Deserialize)]
struct Image {
    id: u64,
    file_name: String,
}

#[derive(Deserialize)]
struct Annotation {
    id: u64,
    image_id: u64,
    category_id: u64,
    /// Left, top, width, height.
    bbox: [f64; 4],
    #[serde(default)]
    iscrowd: u8,
}

#[derive(Deserialize)]
struct Category {
    id: u64,
    name: String,
}

impl File {
    fn into_dataset(self, annotations: PathBuf, folder: PathBuf, part: Part) -> Result<Coco, String> {
        let categories: BTreeMap<_, _> =
            self.categories.into_iter().map(|category| (category.id, category.name)).collect();
        let classes: HashMap<_, _> = categories.keys().enumerate().map(|(class, &id)| (id, class + 1)).collect();
        let mut objects: HashMap<u64, Vec<Object>> = HashMap::new();
        let mut order = vec![];
        for annotation in &self.annotations {
            let of_image = objects.entry(annotation.image_id).or_insert_with(|| {
                order.push(annotation.image_id);
                vec![]
            });
            of_image.extend(annotation.object(&classes)?);
        }
        let all: Vec<_> = self.images.iter().map(|image| image.id).collect();
        let mut names: HashMap<_, _> = self.images.into_iter().map(|image| (image.id, image.file_name)).collect();
        if names.len() != all.len() {
            return Err("two images have the same id".into());
        }
        let known: HashSet<_> = all.iter().copied().collect();
        if let Some(id) = order.iter().find(|id| !known.contains(id)) {
            return Err(format!("an annotation is for image {id}, which is not among the images"));
        }
        let ids = match part {
            Part::Train => order,
            Part::Validation => all,
        };
        let picture = |id| Annotated {
            id,
            file_name: names.remove(&id).unwrap_or_default(),
            objects: objects.remove(&id).unwrap_or_default(),
        };
        let pictures: Vec<_> = ids.into_iter().map(picture).collect();
        if pictures.is_empty() {
            return Err("there are no pictures in it".into());
        }
        let category_ids = std::iter::once(0).chain(categories.keys().copied()).collect();
        let class_names = std::iter::once("background".into()).chain(categories.into_values()).collect();
        Ok(Coco { annotations, folder, class_names, category_ids, pictures })
    }
}

impl Annotation {
    /// The object, unless it is a crowd or has no area.
    fn object(&self, classes: &HashMap<u64, usize>) -> Result<Option<Object>, String> {
        let Some(&class) = classes.get(&self.category_id) else {
            let Self { id, category_id, .. } = self;
            return Err(format!("annotation {id} is of category {category_id}, which is not among the categories"));
        };
        let [left, top, width, height] = self.bbox.map(|side| side as f32);
        let corners = [left, top, left + width, top + height];
        if corners.iter().any(|side| !side.is_finite()) {
            return Err(format!("the box of annotation {} is {:?}", self.id, self.bbox));
        }
        let counts = self.iscrowd == 0 && width > 0.0 && height > 0.0;
        Ok(counts.then_some(Object { class, corners }))
    }
}

#[cfg(test)]
mod tests {
    use edgeconv_vision::{RgbImage, picture};
    use serde_json::{Value, json};

    use super::*;

    fn annotations() -> Value {
        let annotation = |id: u64, image: u64, category: u64, bbox: [f64; 4], crowd: u8| {
            json!({"id": id, "image_id": image, "category_id": category, "bbox": bbox, "iscrowd": crowd,
                   "segmentation": [[1.5]], "area": 3.0})
        };
        json!({
            "info": {},
            "images": [
                {"id": 9, "file_name": "9.png", "width": 4, "height": 4},
                {"id": 5, "file_name": "5.png"},
                {"id": 7, "file_name": "7.png"},
            ],
            "annotations": [
                annotation(1, 7, 90, [0.5, 1.0, 2.0, 1.25], 0),
                annotation(2, 9, 3, [0.0, 0.0, 0.0, 2.0], 0),
                annotation(3, 9, 3, [0.0, 0.0, 2.0, 2.0], 1),
                annotation(4, 7, 3, [0.0, 0.0, 1.0, 1.0], 0),
            ],
            "categories": [{"id": 90, "name": "toothbrush"}, {"id": 3, "name": "car"}],
        })
    }

    fn write(root: &Path, name: &str, annotations: &Value) {
        std::fs::create_dir_all(root.join("annotations")).unwrap();
        std::fs::create_dir_all(root.join("images").join(name)).unwrap();
        std::fs::write(root.join(format!("annotations/instances_{name}.json")), annotations.to_string()).unwrap();
    }

    #[test]
    fn annotations_become_objects() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "train2017", &annotations());
        let picture = RgbImage::from_pixel(4, 4, image::Rgb([1, 2, 3]));
        picture::write_png(&root.path().join("images/train2017/7.png"), picture.clone()).unwrap();
        let coco = Coco::open(root.path(), Part::Train).unwrap();
        assert_eq!(coco.class_names(), ["background", "car", "toothbrush"]);
        assert_eq!(coco.category_ids(), [0, 3, 90]);
        // In the order of the annotations; image 5 has none.
        assert_eq!([0, 1, 2].map(|index| coco.image_id(index)), [Some(7), Some(9), None]);
        assert_eq!(coco.picture_name(0), "7.png");
        let sample = coco.read(0).unwrap();
        let objects = vec![
            Object { class: 2, corners: [0.5, 1.0, 2.5, 2.25] },
            Object { class: 1, corners: [0.0, 0.0, 1.0, 1.0] },
        ];
        assert_eq!(sample, Sample { picture, shows: Shows::Objects(objects) });
        // The crowd and the flat box are left out.
        assert_eq!(coco.pictures[1].objects, []);
        assert!(coco.read(1).unwrap_err().to_string().contains("9.png`"));
    }

    #[test]
    fn all_pictures_are_validated_on() {
        let root = tempfile::tempdir().unwrap();
        write(root.path(), "val2017", &annotations());
        let coco = Coco::open(root.path(), Part::Validation).unwrap();
        assert_eq!([0, 1, 2].map(|index| coco.image_id(index)), [Some(9), Some(5), Some(7)]);
    }

    #[test]
    fn wrong_annotations_are_told() {
        let root = tempfile::tempdir().unwrap();
        let error = |change: &dyn Fn(&mut Value)| {
            let mut value = annotations();
            change(&mut value);
            write(root.path(), "train2017", &value);
            Coco::open(root.path(), Part::Train).err().unwrap().to_string()
        };
        for (pointer, value, expected) in [
            (
                "/annotations/0/category_id",
                json!(4),
                "annotation 1 is of category 4, which is not among the categories",
            ),
            ("/annotations/0/image_id", json!(4), "an annotation is for image 4, which is not among the images"),
            ("/images/1/id", json!(9), "two images have the same id"),
            ("/annotations/0/bbox/0", json!(1e300), "the box of annotation 1 is [1e300, 1.0, 2.0, 1.25]"),
            ("/annotations", json!([]), "there are no pictures in it"),
        ] {
            let error = error(&|all| *all.pointer_mut(pointer).unwrap() = value.clone());
            assert!(error.ends_with(&format!("train2017.json`: {expected}")), "{error}");
        }
        for (pointer, value) in
            [("/annotations/0/bbox", json!([1, 2])), ("/images", json!({})), ("/images/0/id", json!("a"))]
        {
            let error = error(&|all| *all.pointer_mut(pointer).unwrap() = value.clone());
            assert!(error.contains("train2017.json`: no annotations in the format of COCO: invalid"), "{error}");
        }
    }

    #[test]
    fn other_layouts_are_told() {
        let root = tempfile::tempdir().unwrap();
        let error = || Coco::open(root.path(), Part::Train).err().unwrap().to_string();
        let expected = "COCO is expected as annotations/instances_train2017.json and images/train2017/*.jpg in the \
                        dataset's folder";
        assert!(error().ends_with(&format!("instances_train2017.json` is missing: {expected}")), "{}", error());
        write(root.path(), "train2017", &annotations());
        std::fs::remove_dir(root.path().join("images/train2017")).unwrap();
        assert!(error().ends_with(&format!("images/train2017` is missing: {expected}")), "{}", error());
    }
}
