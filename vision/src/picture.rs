//! Pictures in files.

use std::io::{Cursor, ErrorKind};
use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, RgbImage};

/// A picture that can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// The file can't be read or written.
    #[error("`{}`: {source}", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not a picture, or of another format.
    #[error("`{}` is not a JPEG or PNG picture: convert it to one of these", path.display())]
    Format {
        /// The file.
        path: PathBuf,
    },
    /// The picture is damaged or too large.
    #[error("`{}` can't be decoded: {reason}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: ImageError,
    },
}

/// Reads a JPEG or PNG picture, upright: the EXIF orientation is applied, as OpenCV's `imread` does. Grey pictures get three
/// equal channels, transparency is ignored, 16-bit pixels are rounded to 8 bits.
///
/// PNG pictures have the levels that OpenCV reads. JPEG decoders round differently: on four photographs, the levels differed
/// from those of OpenCV 4.9 by 0.07 to 0.3 on average and by at most 4.
///
/// # Errors
/// If the file can't be read, is of another format, is damaged, or takes more than 512 MiB.
pub fn read(path: &Path) -> Result<RgbImage, PictureError> {
    let damaged = |reason| PictureError::Damaged { path: path.to_owned(), reason };
    let bytes = edgeconv_files::read(path).map_err(|source| PictureError::Io { path: path.to_owned(), source })?;
    match image::guess_format(&bytes) {
        Ok(ImageFormat::Jpeg) if !reaches_end(&bytes) => {
            let end = std::io::Error::new(ErrorKind::UnexpectedEof, "the file ends before the picture does");
            Err(damaged(ImageError::IoError(end)))
        }
        Ok(format @ (ImageFormat::Jpeg | ImageFormat::Png)) => decode(&bytes, format).map_err(damaged),
        _ => Err(PictureError::Format { path: path.to_owned() }),
    }
}

fn decode(bytes: &[u8], format: ImageFormat) -> Result<RgbImage, ImageError> {
    let mut decoder = ImageReader::with_format(Cursor::new(bytes), format).into_decoder()?;
    Limits::default().reserve(decoder.total_bytes())?;
    let orientation = decoder.orientation()?;
    let mut picture = DynamicImage::from_decoder(decoder)?;
    picture.apply_orientation(orientation);
    Ok(picture.into_rgb8())
}

/// Whether a JPEG file has an end marker. The decoder would fill what is missing with grey.
fn reaches_end(jpeg: &[u8]) -> bool {
    const START_OF_SCAN: u8 = 0xda;
    const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];
    let mut rest = jpeg.get(2..).unwrap_or_default();
    // Segments are skipped, because one may hold a thumbnail with an end of its own; the scan itself has none in its data.
    while let [0xff, marker, high, low, ..] = *rest
        && marker != START_OF_SCAN
    {
        let length = if marker == 0xff { 1 } else { 2 + usize::from(u16::from_be_bytes([high, low])) };
        rest = rest.get(length..).unwrap_or_default();
    }
    rest.ends_with(&END_OF_IMAGE) || rest.windows(2).any(|pair| pair == END_OF_IMAGE)
}

/// Writes a picture as PNG; the file appears complete or not at all.
///
/// # Errors
/// If it can't be written.
pub fn write_png(path: &Path, picture: impl Into<DynamicImage>) -> Result<(), PictureError> {
    let mut png = Cursor::new(vec![]);
    let encoded = picture.into().write_to(&mut png, ImageFormat::Png).map_err(std::io::Error::other);
    encoded
        .and_then(|()| edgeconv_files::write(path, png.get_ref()))
        .map_err(|source| PictureError::Io { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, ImageBuffer, Luma, LumaA, Rgb, Rgba};

    use super::*;

    fn round_trip(picture: impl Into<DynamicImage>) -> RgbImage {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.png");
        write_png(&path, picture).unwrap();
        read(&path).unwrap()
    }

    #[test]
    fn every_kind_of_png_becomes_colour() {
        let colour = RgbImage::from_fn(3, 2, |x, y| Rgb([x as u8, y as u8, 200]));
        assert_eq!(round_trip(colour.clone()), colour);
        let grey = RgbImage::from_pixel(3, 2, Rgb([7; 3]));
        assert_eq!(round_trip(GrayImage::from_pixel(3, 2, Luma([7]))), grey);
        assert_eq!(round_trip(ImageBuffer::from_pixel(3, 2, LumaA([7u8, 0]))), grey);
        assert_eq!(round_trip(ImageBuffer::from_pixel(3, 2, Rgba([7u8, 7, 7, 100]))), grey);
        assert_eq!(round_trip(ImageBuffer::from_pixel(3, 2, Luma([7u16 * 257]))), grey);
    }

    /// A JPEG picture of 16×8 pixels, white left and black right, with this EXIF orientation.
    fn jpeg(orientation: u8) -> Vec<u8> {
        let picture = RgbImage::from_fn(16, 8, |x, _| Rgb([if x < 8 { 255 } else { 0 }; 3]));
        let mut jpeg = vec![];
        picture.write_to(&mut Cursor::new(&mut jpeg), ImageFormat::Jpeg).unwrap();
        // One entry, 0x0112 (orientation): one SHORT, in big-endian TIFF.
        let tiff = [b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientation, 0, 0, 0, 0, 0, 0]]
            .concat();
        let payload = [b"Exif\0\0", tiff.as_slice()].concat();
        let length = (payload.len() as u16 + 2).to_be_bytes();
        [&jpeg[..2], b"\xff\xe1", &length, &payload, &jpeg[2..]].concat()
    }

    #[test]
    fn pictures_are_turned_upright() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jpg");
        // Where the white half ends up: a pixel of it, and the size.
        for (orientation, size, white) in [
            (1, (16, 8), (0, 0)),
            (2, (16, 8), (15, 0)),
            (3, (16, 8), (15, 7)),
            (6, (8, 16), (7, 0)),
            (8, (8, 16), (0, 15)),
        ] {
            std::fs::write(&path, jpeg(orientation)).unwrap();
            let picture = read(&path).unwrap();
            assert_eq!(picture.dimensions(), size, "orientation {orientation}");
            let opposite = (size.0 - 1 - white.0, size.1 - 1 - white.1);
            let levels = [white, opposite].map(|(x, y)| picture.get_pixel(x, y).0[0]);
            assert!(levels[0] > 250 && levels[1] < 5, "orientation {orientation}: {levels:?}");
        }
    }

    #[test]
    fn what_is_no_picture_is_an_error_that_says_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.jpg");
        let error = || read(&path).unwrap_err().to_string();
        assert!(error().contains("x.jpg`: No such file"), "{}", error());
        for bytes in [&b""[..], b"text", b"GIF89a\x01\0\x01\0\0\0\0;"] {
            std::fs::write(&path, bytes).unwrap();
            assert!(
                error().ends_with("x.jpg` is not a JPEG or PNG picture: convert it to one of these"),
                "{}",
                error()
            );
        }
        let whole = jpeg(1);
        for bytes in [&whole[..12], &whole[..60], b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01"] {
            std::fs::write(&path, bytes).unwrap();
            assert!(error().contains("x.jpg` can't be decoded: "), "{}", error());
        }
    }

    #[test]
    fn a_picture_cut_short_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        let picture =
            RgbImage::from_fn(64, 64, |x, y| Rgb([(x * y * 31) as u8, (x * 37 + y * 91) as u8, (y * 5) as u8]));
        for format in [ImageFormat::Jpeg, ImageFormat::Png] {
            let mut bytes = vec![];
            picture.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
            for length in [bytes.len() / 2, bytes.len() * 9 / 10] {
                std::fs::write(&path, &bytes[..length]).unwrap();
                assert!(read(&path).is_err(), "{format:?}, {length} of {} bytes", bytes.len());
            }
        }
    }

    #[test]
    fn a_picture_that_claims_to_be_huge_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.png");
        let mut png = vec![];
        GrayImage::new(1, 1).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).unwrap();
        png[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]); // 65536×65536; the checksum is now wrong, too
        std::fs::write(&path, png).unwrap();
        assert!(read(&path).unwrap_err().to_string().contains("x.png` can't be decoded: "));
    }
}
