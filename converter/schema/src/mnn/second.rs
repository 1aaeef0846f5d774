impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
> ProposalBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Proposal>
where Self: ::planus::WriteAsOffset<Proposal>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAs<::planus::Offset<Proposal>> for ProposalBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)> {
type Prepared = ::planus::Offset<Proposal>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Proposal> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAsOptional<::planus::Offset<Proposal>> for ProposalBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)> {
type Prepared = ::planus::Offset<Proposal>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Proposal>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAsOffset<Proposal> for ProposalBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Proposal> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
) = &self.0;Proposal::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
)
}
}
#[derive(Copy, Clone)]
pub struct ProposalRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ProposalRef<'a> {
#[inline]
pub fn feat_stride(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Proposal", "feat_stride")
?.unwrap_or(0))
}
#[inline]
pub fn base_size(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "Proposal", "base_size")
?.unwrap_or(0))
}
#[inline]
pub fn pre_nms_top_n(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "Proposal", "pre_nms_top_n")
?.unwrap_or(0))
}
#[inline]
pub fn after_nms_top_n(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "Proposal", "after_nms_top_n")
?.unwrap_or(0))
}
#[inline]
pub fn nms_threshold(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(4, "Proposal", "nms_threshold")
?.unwrap_or(0.0))
}
#[inline]
pub fn min_size(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "Proposal", "min_size")
?.unwrap_or(0))
}
#[inline]
pub fn ratios(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(6, "Proposal", "ratios")
}
#[inline]
pub fn scales(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(7, "Proposal", "scales")
}
#[inline]
pub fn anchors(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(8, "Proposal", "anchors")
}
}
impl<'a> ::core::fmt::Debug for ProposalRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ProposalRef");
f.field("feat_stride", &self.feat_stride());f.field("base_size", &self.base_size());f.field("pre_nms_top_n", &self.pre_nms_top_n());f.field("after_nms_top_n", &self.after_nms_top_n());f.field("nms_threshold", &self.nms_threshold());f.field("min_size", &self.min_size());if let ::core::option::Option::Some(field_ratios) = self.ratios().transpose() {
f.field("ratios", &field_ratios);
}if let ::core::option::Option::Some(field_scales) = self.scales().transpose() {
f.field("scales", &field_scales);
}if let ::core::option::Option::Some(field_anchors) = self.anchors().transpose() {
f.field("anchors", &field_anchors);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ProposalRef<'a>> for Proposal {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ProposalRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
feat_stride: ::core::convert::TryInto::try_into(value.feat_stride()?)?,base_size: ::core::convert::TryInto::try_into(value.base_size()?)?,pre_nms_top_n: ::core::convert::TryInto::try_into(value.pre_nms_top_n()?)?,after_nms_top_n: ::core::convert::TryInto::try_into(value.after_nms_top_n()?)?,nms_threshold: ::core::convert::TryInto::try_into(value.nms_threshold()?)?,min_size: ::core::convert::TryInto::try_into(value.min_size()?)?,ratios:
if let ::core::option::Option::Some(ratios) = value.ratios()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(ratios)?))
} else {
::core::option::Option::None
}
,scales:
if let ::core::option::Option::Some(scales) = value.scales()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(scales)?))
} else {
::core::option::Option::None
}
,anchors:
if let ::core::option::Option::Some(anchors) = value.anchors()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(anchors)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for ProposalRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ProposalRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ProposalRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Proposal>> for Proposal {
type Value = ::planus::Offset<Proposal>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Proposal>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for ProposalRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ProposalRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Resize{
pub x_scale: f32,
pub y_scale: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Resize {
fn default() -> Self {
Self {
x_scale: 0.0,
y_scale: 0.0,
}
}
}
impl Resize {
#[inline]
pub fn builder() -> ResizeBuilder<()> {
ResizeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_x_scale: impl ::planus::WriteAsDefault<f32, f32>,
field_y_scale: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_x_scale = field_x_scale.prepare(builder, &0.0);let prepared_y_scale = field_y_scale.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_x_scale.is_some() {table_writer.write_entry::<f32>(0);}if prepared_y_scale.is_some() {table_writer.write_entry::<f32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_x_scale) = prepared_x_scale {object_writer.write::<_, _, 4>(&prepared_x_scale);}if let ::core::option::Option::Some(prepared_y_scale) = prepared_y_scale {object_writer.write::<_, _, 4>(&prepared_y_scale);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Resize>> for Resize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Resize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Resize>> for Resize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Resize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Resize> for Resize {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Resize> {
Resize::create(
builder,
self.x_scale,
self.y_scale,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ResizeBuilder<State>(State);
impl<
> ResizeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn x_scale<T0>(self, value: T0) -> ResizeBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
ResizeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn x_scale_as_default(self) -> ResizeBuilder<(
::planus::DefaultValue,
)>
{
self.x_scale(::planus::DefaultValue)
}
}
impl<
T0,
> ResizeBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn y_scale<T1>(self, value: T1) -> ResizeBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;ResizeBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn y_scale_as_default(self) -> ResizeBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.y_scale(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> ResizeBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Resize>
where Self: ::planus::WriteAsOffset<Resize>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<Resize>> for ResizeBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Resize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Resize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<Resize>> for ResizeBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Resize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Resize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<Resize> for ResizeBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Resize> {
let (
v0,
v1,
) = &self.0;Resize::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct ResizeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ResizeRef<'a> {
#[inline]
pub fn x_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "Resize", "x_scale")
?.unwrap_or(0.0))
}
#[inline]
pub fn y_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "Resize", "y_scale")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for ResizeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ResizeRef");
f.field("x_scale", &self.x_scale());f.field("y_scale", &self.y_scale());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ResizeRef<'a>> for Resize {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ResizeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
x_scale: ::core::convert::TryInto::try_into(value.x_scale()?)?,y_scale: ::core::convert::TryInto::try_into(value.y_scale()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ResizeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ResizeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ResizeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Resize>> for Resize {
type Value = ::planus::Offset<Resize>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Resize>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for ResizeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ResizeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct PriorBox{
pub min_sizes: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub max_sizes: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub aspect_ratios: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub variances: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub flip: bool,
pub clip: bool,
pub image_width: i32,
pub image_height: i32,
pub step_width: i32,
pub step_height: i32,
pub offset: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for PriorBox {
fn default() -> Self {
Self {
min_sizes: ::core::default::Default::default(),
max_sizes: ::core::default::Default::default(),
aspect_ratios: ::core::default::Default::default(),
variances: ::core::default::Default::default(),
flip: false,
clip: false,
image_width: 0,
image_height: 0,
step_width: 0,
step_height: 0,
offset: 0.0,
}
}
}
impl PriorBox {
#[inline]
pub fn builder() -> PriorBoxBuilder<()> {
PriorBoxBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_min_sizes: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_max_sizes: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_aspect_ratios: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_variances: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_flip: impl ::planus::WriteAsDefault<bool, bool>,
field_clip: impl ::planus::WriteAsDefault<bool, bool>,
field_image_width: impl ::planus::WriteAsDefault<i32, i32>,
field_image_height: impl ::planus::WriteAsDefault<i32, i32>,
field_step_width: impl ::planus::WriteAsDefault<i32, i32>,
field_step_height: impl ::planus::WriteAsDefault<i32, i32>,
field_offset: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_min_sizes = field_min_sizes.prepare(builder);let prepared_max_sizes = field_max_sizes.prepare(builder);let prepared_aspect_ratios = field_aspect_ratios.prepare(builder);let prepared_variances = field_variances.prepare(builder);let prepared_flip = field_flip.prepare(builder, &false);let prepared_clip = field_clip.prepare(builder, &false);let prepared_image_width = field_image_width.prepare(builder, &0);let prepared_image_height = field_image_height.prepare(builder, &0);let prepared_step_width = field_step_width.prepare(builder, &0);let prepared_step_height = field_step_height.prepare(builder, &0);let prepared_offset = field_offset.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<26> = ::core::default::Default::default();
if prepared_min_sizes.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(0);}if prepared_max_sizes.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(1);}if prepared_aspect_ratios.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_variances.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(3);}if prepared_image_width.is_some() {table_writer.write_entry::<i32>(6);}if prepared_image_height.is_some() {table_writer.write_entry::<i32>(7);}if prepared_step_width.is_some() {table_writer.write_entry::<i32>(8);}if prepared_step_height.is_some() {table_writer.write_entry::<i32>(9);}if prepared_offset.is_some() {table_writer.write_entry::<f32>(10);}if prepared_flip.is_some() {table_writer.write_entry::<bool>(4);}if prepared_clip.is_some() {table_writer.write_entry::<bool>(5);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_min_sizes) = prepared_min_sizes {object_writer.write::<_, _, 4>(&prepared_min_sizes);}if let ::core::option::Option::Some(prepared_max_sizes) = prepared_max_sizes {object_writer.write::<_, _, 4>(&prepared_max_sizes);}if let ::core::option::Option::Some(prepared_aspect_ratios) = prepared_aspect_ratios {object_writer.write::<_, _, 4>(&prepared_aspect_ratios);}if let ::core::option::Option::Some(prepared_variances) = prepared_variances {object_writer.write::<_, _, 4>(&prepared_variances);}if let ::core::option::Option::Some(prepared_image_width) = prepared_image_width {object_writer.write::<_, _, 4>(&prepared_image_width);}if let ::core::option::Option::Some(prepared_image_height) = prepared_image_height {object_writer.write::<_, _, 4>(&prepared_image_height);}if let ::core::option::Option::Some(prepared_step_width) = prepared_step_width {object_writer.write::<_, _, 4>(&prepared_step_width);}if let ::core::option::Option::Some(prepared_step_height) = prepared_step_height {object_writer.write::<_, _, 4>(&prepared_step_height);}if let ::core::option::Option::Some(prepared_offset) = prepared_offset {object_writer.write::<_, _, 4>(&prepared_offset);}if let ::core::option::Option::Some(prepared_flip) = prepared_flip {object_writer.write::<_, _, 1>(&prepared_flip);}if let ::core::option::Option::Some(prepared_clip) = prepared_clip {object_writer.write::<_, _, 1>(&prepared_clip);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<PriorBox>> for PriorBox {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PriorBox> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<PriorBox>> for PriorBox {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<PriorBox>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<PriorBox> for PriorBox {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PriorBox> {
PriorBox::create(
builder,
&self.min_sizes,
&self.max_sizes,
&self.aspect_ratios,
&self.variances,
self.flip,
self.clip,
self.image_width,
self.image_height,
self.step_width,
self.step_height,
self.offset,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct PriorBoxBuilder<State>(State);
impl<
> PriorBoxBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn min_sizes<T0>(self, value: T0) -> PriorBoxBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
PriorBoxBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn min_sizes_as_null(self) -> PriorBoxBuilder<(
(),
)>
{
self.min_sizes(())
}
}
impl<
T0,
> PriorBoxBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_sizes<T1>(self, value: T1) -> PriorBoxBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
) = self.0;PriorBoxBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_sizes_as_null(self) -> PriorBoxBuilder<(
T0,
(),
)>
{
self.max_sizes(())
}
}
impl<
T0,
T1,
> PriorBoxBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn aspect_ratios<T2>(self, value: T2) -> PriorBoxBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;PriorBoxBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn aspect_ratios_as_null(self) -> PriorBoxBuilder<(
T0,
T1,
(),
)>
{
self.aspect_ratios(())
}
}
impl<
T0,
T1,
T2,
> PriorBoxBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn variances<T3>(self, value: T3) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
v2,
) = self.0;PriorBoxBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn variances_as_null(self) -> PriorBoxBuilder<(
T0,
T1,
T2,
(),
)>
{
self.variances(())
}
}
impl<
T0,
T1,
T2,
T3,
> PriorBoxBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn flip<T4>(self, value: T4) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
) = self.0;PriorBoxBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn flip_as_default(self) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.flip(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> PriorBoxBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn clip<T5>(self, value: T5) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;PriorBoxBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn clip_as_default(self) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.clip(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> PriorBoxBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn image_width<T6>(self, value: T6) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;PriorBoxBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn image_width_as_default(self) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.image_width(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> PriorBoxBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn image_height<T7>(self, value: T7) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;PriorBoxBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn image_height_as_default(self) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
::planus::DefaultValue,
)>
{
self.image_height(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
> PriorBoxBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn step_width<T8>(self, value: T8) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)>
where T8: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = self.0;PriorBoxBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn step_width_as_default(self) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
::planus::DefaultValue,
)>
{
self.step_width(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
> PriorBoxBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn step_height<T9>(self, value: T9) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)>
where T9: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
) = self.0;PriorBoxBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn step_height_as_default(self) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
::planus::DefaultValue,
)>
{
self.step_height(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
> PriorBoxBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn offset<T10>(self, value: T10) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)>
where T10: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
) = self.0;PriorBoxBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn offset_as_default(self) -> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
::planus::DefaultValue,
)>
{
self.offset(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
> PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<PriorBox>
where Self: ::planus::WriteAsOffset<PriorBox>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<PriorBox>> for PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
type Prepared = ::planus::Offset<PriorBox>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PriorBox> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<PriorBox>> for PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
type Prepared = ::planus::Offset<PriorBox>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<PriorBox>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<PriorBox> for PriorBoxBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PriorBox> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
) = &self.0;PriorBox::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
)
}
}
#[derive(Copy, Clone)]
pub struct PriorBoxRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> PriorBoxRef<'a> {
#[inline]
pub fn min_sizes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(0, "PriorBox", "min_sizes")
}
#[inline]
pub fn max_sizes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(1, "PriorBox", "max_sizes")
}
#[inline]
pub fn aspect_ratios(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "PriorBox", "aspect_ratios")
}
#[inline]
pub fn variances(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(3, "PriorBox", "variances")
}
#[inline]
pub fn flip(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(4, "PriorBox", "flip")
?.unwrap_or(false))
}
#[inline]
pub fn clip(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(5, "PriorBox", "clip")
?.unwrap_or(false))
}
#[inline]
pub fn image_width(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "PriorBox", "image_width")
?.unwrap_or(0))
}
#[inline]
pub fn image_height(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(7, "PriorBox", "image_height")
?.unwrap_or(0))
}
#[inline]
pub fn step_width(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(8, "PriorBox", "step_width")
?.unwrap_or(0))
}
#[inline]
pub fn step_height(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(9, "PriorBox", "step_height")
?.unwrap_or(0))
}
#[inline]
pub fn offset(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(10, "PriorBox", "offset")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for PriorBoxRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("PriorBoxRef");
if let ::core::option::Option::Some(field_min_sizes) = self.min_sizes().transpose() {
f.field("min_sizes", &field_min_sizes);
}if let ::core::option::Option::Some(field_max_sizes) = self.max_sizes().transpose() {
f.field("max_sizes", &field_max_sizes);
}if let ::core::option::Option::Some(field_aspect_ratios) = self.aspect_ratios().transpose() {
f.field("aspect_ratios", &field_aspect_ratios);
}if let ::core::option::Option::Some(field_variances) = self.variances().transpose() {
f.field("variances", &field_variances);
}f.field("flip", &self.flip());f.field("clip", &self.clip());f.field("image_width", &self.image_width());f.field("image_height", &self.image_height());f.field("step_width", &self.step_width());f.field("step_height", &self.step_height());f.field("offset", &self.offset());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<PriorBoxRef<'a>> for PriorBox {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: PriorBoxRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
min_sizes:
if let ::core::option::Option::Some(min_sizes) = value.min_sizes()? {
::core::option::Option::Some(min_sizes.to_vec()?)
} else {
::core::option::Option::None
}
,max_sizes:
if let ::core::option::Option::Some(max_sizes) = value.max_sizes()? {
::core::option::Option::Some(max_sizes.to_vec()?)
} else {
::core::option::Option::None
}
,aspect_ratios:
if let ::core::option::Option::Some(aspect_ratios) = value.aspect_ratios()? {
::core::option::Option::Some(aspect_ratios.to_vec()?)
} else {
::core::option::Option::None
}
,variances:
if let ::core::option::Option::Some(variances) = value.variances()? {
::core::option::Option::Some(variances.to_vec()?)
} else {
::core::option::Option::None
}
,flip: ::core::convert::TryInto::try_into(value.flip()?)?,clip: ::core::convert::TryInto::try_into(value.clip()?)?,image_width: ::core::convert::TryInto::try_into(value.image_width()?)?,image_height: ::core::convert::TryInto::try_into(value.image_height()?)?,step_width: ::core::convert::TryInto::try_into(value.step_width()?)?,step_height: ::core::convert::TryInto::try_into(value.step_height()?)?,offset: ::core::convert::TryInto::try_into(value.offset()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for PriorBoxRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for PriorBoxRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[PriorBoxRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<PriorBox>> for PriorBox {
type Value = ::planus::Offset<PriorBox>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<PriorBox>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for PriorBoxRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[PriorBoxRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Normalize{
pub across_spatial: i32,
pub channel_shared: i32,
pub eps: f32,
pub scale: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Normalize {
fn default() -> Self {
Self {
across_spatial: 0,
channel_shared: 0,
eps: 0.0,
scale: ::core::default::Default::default(),
}
}
}
impl Normalize {
#[inline]
pub fn builder() -> NormalizeBuilder<()> {
NormalizeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_across_spatial: impl ::planus::WriteAsDefault<i32, i32>,
field_channel_shared: impl ::planus::WriteAsDefault<i32, i32>,
field_eps: impl ::planus::WriteAsDefault<f32, f32>,
field_scale: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
) -> ::planus::Offset<Self> {let prepared_across_spatial = field_across_spatial.prepare(builder, &0);let prepared_channel_shared = field_channel_shared.prepare(builder, &0);let prepared_eps = field_eps.prepare(builder, &0.0);let prepared_scale = field_scale.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_across_spatial.is_some() {table_writer.write_entry::<i32>(0);}if prepared_channel_shared.is_some() {table_writer.write_entry::<i32>(1);}if prepared_eps.is_some() {table_writer.write_entry::<f32>(2);}if prepared_scale.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_across_spatial) = prepared_across_spatial {object_writer.write::<_, _, 4>(&prepared_across_spatial);}if let ::core::option::Option::Some(prepared_channel_shared) = prepared_channel_shared {object_writer.write::<_, _, 4>(&prepared_channel_shared);}if let ::core::option::Option::Some(prepared_eps) = prepared_eps {object_writer.write::<_, _, 4>(&prepared_eps);}if let ::core::option::Option::Some(prepared_scale) = prepared_scale {object_writer.write::<_, _, 4>(&prepared_scale);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Normalize>> for Normalize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Normalize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Normalize>> for Normalize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Normalize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Normalize> for Normalize {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Normalize> {
Normalize::create(
builder,
self.across_spatial,
self.channel_shared,
self.eps,
&self.scale,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct NormalizeBuilder<State>(State);
impl<
> NormalizeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn across_spatial<T0>(self, value: T0) -> NormalizeBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
NormalizeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn across_spatial_as_default(self) -> NormalizeBuilder<(
::planus::DefaultValue,
)>
{
self.across_spatial(::planus::DefaultValue)
}
}
impl<
T0,
> NormalizeBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn channel_shared<T1>(self, value: T1) -> NormalizeBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;NormalizeBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn channel_shared_as_default(self) -> NormalizeBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.channel_shared(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> NormalizeBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn eps<T2>(self, value: T2) -> NormalizeBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
) = self.0;NormalizeBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn eps_as_default(self) -> NormalizeBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.eps(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> NormalizeBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale<T3>(self, value: T3) -> NormalizeBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
v2,
) = self.0;NormalizeBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_as_null(self) -> NormalizeBuilder<(
T0,
T1,
T2,
(),
)>
{
self.scale(())
}
}
impl<
T0,
T1,
T2,
T3,
> NormalizeBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Normalize>
where Self: ::planus::WriteAsOffset<Normalize>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAs<::planus::Offset<Normalize>> for NormalizeBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Normalize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Normalize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOptional<::planus::Offset<Normalize>> for NormalizeBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Normalize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Normalize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOffset<Normalize> for NormalizeBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Normalize> {
let (
v0,
v1,
v2,
v3,
) = &self.0;Normalize::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct NormalizeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> NormalizeRef<'a> {
#[inline]
pub fn across_spatial(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Normalize", "across_spatial")
?.unwrap_or(0))
}
#[inline]
pub fn channel_shared(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "Normalize", "channel_shared")
?.unwrap_or(0))
}
#[inline]
pub fn eps(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(2, "Normalize", "eps")
?.unwrap_or(0.0))
}
#[inline]
pub fn scale(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(3, "Normalize", "scale")
}
}
impl<'a> ::core::fmt::Debug for NormalizeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("NormalizeRef");
f.field("across_spatial", &self.across_spatial());f.field("channel_shared", &self.channel_shared());f.field("eps", &self.eps());if let ::core::option::Option::Some(field_scale) = self.scale().transpose() {
f.field("scale", &field_scale);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<NormalizeRef<'a>> for Normalize {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: NormalizeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
across_spatial: ::core::convert::TryInto::try_into(value.across_spatial()?)?,channel_shared: ::core::convert::TryInto::try_into(value.channel_shared()?)?,eps: ::core::convert::TryInto::try_into(value.eps()?)?,scale:
if let ::core::option::Option::Some(scale) = value.scale()? {
::core::option::Option::Some(scale.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for NormalizeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for NormalizeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[NormalizeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Normalize>> for Normalize {
type Value = ::planus::Offset<Normalize>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Normalize>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for NormalizeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[NormalizeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct EltwiseInt8{
pub type_: self::EltwiseType,
pub input_quan0: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedFloatParam>>,
pub input_quan1: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedFloatParam>>,
pub output_quan: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedFloatParam>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for EltwiseInt8 {
fn default() -> Self {
Self {
type_: self::EltwiseType::Prod,
input_quan0: ::core::default::Default::default(),
input_quan1: ::core::default::Default::default(),
output_quan: ::core::default::Default::default(),
}
}
}
impl EltwiseInt8 {
#[inline]
pub fn builder() -> EltwiseInt8Builder<()> {
EltwiseInt8Builder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_type_: impl ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>,
field_input_quan0: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
field_input_quan1: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
field_output_quan: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
) -> ::planus::Offset<Self> {let prepared_type_ = field_type_.prepare(builder, &self::EltwiseType::Prod);let prepared_input_quan0 = field_input_quan0.prepare(builder);let prepared_input_quan1 = field_input_quan1.prepare(builder);let prepared_output_quan = field_output_quan.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_input_quan0.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedFloatParam>>(1);}if prepared_input_quan1.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedFloatParam>>(2);}if prepared_output_quan.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedFloatParam>>(3);}if prepared_type_.is_some() {table_writer.write_entry::<self::EltwiseType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_input_quan0) = prepared_input_quan0 {object_writer.write::<_, _, 4>(&prepared_input_quan0);}if let ::core::option::Option::Some(prepared_input_quan1) = prepared_input_quan1 {object_writer.write::<_, _, 4>(&prepared_input_quan1);}if let ::core::option::Option::Some(prepared_output_quan) = prepared_output_quan {object_writer.write::<_, _, 4>(&prepared_output_quan);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 1>(&prepared_type_);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<EltwiseInt8>> for EltwiseInt8 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<EltwiseInt8> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<EltwiseInt8>> for EltwiseInt8 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<EltwiseInt8>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<EltwiseInt8> for EltwiseInt8 {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<EltwiseInt8> {
EltwiseInt8::create(
builder,
self.type_,
&self.input_quan0,
&self.input_quan1,
&self.output_quan,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct EltwiseInt8Builder<State>(State);
impl<
> EltwiseInt8Builder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T0>(self, value: T0) -> EltwiseInt8Builder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>
{
EltwiseInt8Builder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> EltwiseInt8Builder<(
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
> EltwiseInt8Builder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quan0<T1>(self, value: T1) -> EltwiseInt8Builder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>
{
let (
v0,
) = self.0;EltwiseInt8Builder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quan0_as_null(self) -> EltwiseInt8Builder<(
T0,
(),
)>
{
self.input_quan0(())
}
}
impl<
T0,
T1,
> EltwiseInt8Builder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quan1<T2>(self, value: T2) -> EltwiseInt8Builder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>
{
let (
v0,
v1,
) = self.0;EltwiseInt8Builder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quan1_as_null(self) -> EltwiseInt8Builder<(
T0,
T1,
(),
)>
{
self.input_quan1(())
}
}
impl<
T0,
T1,
T2,
> EltwiseInt8Builder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quan<T3>(self, value: T3) -> EltwiseInt8Builder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>
{
let (
v0,
v1,
v2,
) = self.0;EltwiseInt8Builder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quan_as_null(self) -> EltwiseInt8Builder<(
T0,
T1,
T2,
(),
)>
{
self.output_quan(())
}
}
impl<
T0,
T1,
T2,
T3,
> EltwiseInt8Builder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<EltwiseInt8>
where Self: ::planus::WriteAsOffset<EltwiseInt8>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
> ::planus::WriteAs<::planus::Offset<EltwiseInt8>> for EltwiseInt8Builder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<EltwiseInt8>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<EltwiseInt8> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
> ::planus::WriteAsOptional<::planus::Offset<EltwiseInt8>> for EltwiseInt8Builder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<EltwiseInt8>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<EltwiseInt8>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
> ::planus::WriteAsOffset<EltwiseInt8> for EltwiseInt8Builder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<EltwiseInt8> {
let (
v0,
v1,
v2,
v3,
) = &self.0;EltwiseInt8::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct EltwiseInt8Ref<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> EltwiseInt8Ref<'a> {
#[inline]
pub fn type_(&self) -> ::planus::Result<self::EltwiseType> {
::core::result::Result::Ok(
self.0.access(0, "EltwiseInt8", "type_")
?.unwrap_or(self::EltwiseType::Prod))
}
#[inline]
pub fn input_quan0(&self) -> ::planus::Result<::core::option::Option<self::QuantizedFloatParamRef<'a>>> {
self.0.access(1, "EltwiseInt8", "input_quan0")
}
#[inline]
pub fn input_quan1(&self) -> ::planus::Result<::core::option::Option<self::QuantizedFloatParamRef<'a>>> {
self.0.access(2, "EltwiseInt8", "input_quan1")
}
#[inline]
pub fn output_quan(&self) -> ::planus::Result<::core::option::Option<self::QuantizedFloatParamRef<'a>>> {
self.0.access(3, "EltwiseInt8", "output_quan")
}
}
impl<'a> ::core::fmt::Debug for EltwiseInt8Ref<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("EltwiseInt8Ref");
f.field("type_", &self.type_());if let ::core::option::Option::Some(field_input_quan0) = self.input_quan0().transpose() {
f.field("input_quan0", &field_input_quan0);
}if let ::core::option::Option::Some(field_input_quan1) = self.input_quan1().transpose() {
f.field("input_quan1", &field_input_quan1);
}if let ::core::option::Option::Some(field_output_quan) = self.output_quan().transpose() {
f.field("output_quan", &field_output_quan);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<EltwiseInt8Ref<'a>> for EltwiseInt8 {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: EltwiseInt8Ref<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
type_: ::core::convert::TryInto::try_into(value.type_()?)?,input_quan0:
if let ::core::option::Option::Some(input_quan0) = value.input_quan0()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(input_quan0)?))
} else {
::core::option::Option::None
}
,input_quan1:
if let ::core::option::Option::Some(input_quan1) = value.input_quan1()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(input_quan1)?))
} else {
::core::option::Option::None
}
,output_quan:
if let ::core::option::Option::Some(output_quan) = value.output_quan()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(output_quan)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for EltwiseInt8Ref<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for EltwiseInt8Ref<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[EltwiseInt8Ref]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<EltwiseInt8>> for EltwiseInt8 {
type Value = ::planus::Offset<EltwiseInt8>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<EltwiseInt8>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for EltwiseInt8Ref<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[EltwiseInt8Ref]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct PackParam{
pub data_type: self::DataType,
pub axis: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for PackParam {
fn default() -> Self {
Self {
data_type: self::DataType::DtInvalid,
axis: 0,
}
}
}
impl PackParam {
#[inline]
pub fn builder() -> PackParamBuilder<()> {
PackParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_data_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_data_type = field_data_type.prepare(builder, &self::DataType::DtInvalid);let prepared_axis = field_axis.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_data_type.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_axis.is_some() {table_writer.write_entry::<i32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_data_type) = prepared_data_type {object_writer.write::<_, _, 4>(&prepared_data_type);}if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<PackParam>> for PackParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PackParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<PackParam>> for PackParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<PackParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<PackParam> for PackParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PackParam> {
PackParam::create(
builder,
self.data_type,
self.axis,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct PackParamBuilder<State>(State);
impl<
> PackParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn data_type<T0>(self, value: T0) -> PackParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
PackParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn data_type_as_default(self) -> PackParamBuilder<(
::planus::DefaultValue,
)>
{
self.data_type(::planus::DefaultValue)
}
}
impl<
T0,
> PackParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T1>(self, value: T1) -> PackParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;PackParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> PackParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> PackParamBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<PackParam>
where Self: ::planus::WriteAsOffset<PackParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<PackParam>> for PackParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<PackParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PackParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<PackParam>> for PackParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<PackParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<PackParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<PackParam> for PackParamBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PackParam> {
let (
v0,
v1,
) = &self.0;PackParam::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct PackParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> PackParamRef<'a> {
#[inline]
pub fn data_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "PackParam", "data_type")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "PackParam", "axis")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for PackParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("PackParamRef");
f.field("data_type", &self.data_type());f.field("axis", &self.axis());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<PackParamRef<'a>> for PackParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: PackParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
data_type: ::core::convert::TryInto::try_into(value.data_type()?)?,axis: ::core::convert::TryInto::try_into(value.axis()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for PackParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for PackParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[PackParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<PackParam>> for PackParam {
type Value = ::planus::Offset<PackParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<PackParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for PackParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[PackParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Gather{
pub tindices: self::DataType,
pub tparams: self::DataType,
pub validate_indices: bool,
pub axis: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Gather {
fn default() -> Self {
Self {
tindices: self::DataType::DtInvalid,
tparams: self::DataType::DtInvalid,
validate_indices: false,
axis: 0,
}
}
}
impl Gather {
#[inline]
pub fn builder() -> GatherBuilder<()> {
GatherBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_tindices: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_tparams: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_validate_indices: impl ::planus::WriteAsDefault<bool, bool>,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_tindices = field_tindices.prepare(builder, &self::DataType::DtInvalid);let prepared_tparams = field_tparams.prepare(builder, &self::DataType::DtInvalid);let prepared_validate_indices = field_validate_indices.prepare(builder, &false);let prepared_axis = field_axis.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_tindices.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_tparams.is_some() {table_writer.write_entry::<self::DataType>(1);}if prepared_axis.is_some() {table_writer.write_entry::<i32>(3);}if prepared_validate_indices.is_some() {table_writer.write_entry::<bool>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_tindices) = prepared_tindices {object_writer.write::<_, _, 4>(&prepared_tindices);}if let ::core::option::Option::Some(prepared_tparams) = prepared_tparams {object_writer.write::<_, _, 4>(&prepared_tparams);}if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_validate_indices) = prepared_validate_indices {object_writer.write::<_, _, 1>(&prepared_validate_indices);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Gather>> for Gather {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Gather> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Gather>> for Gather {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Gather>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Gather> for Gather {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Gather> {
Gather::create(
builder,
self.tindices,
self.tparams,
self.validate_indices,
self.axis,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct GatherBuilder<State>(State);
impl<
> GatherBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tindices<T0>(self, value: T0) -> GatherBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
GatherBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tindices_as_default(self) -> GatherBuilder<(
::planus::DefaultValue,
)>
{
self.tindices(::planus::DefaultValue)
}
}
impl<
T0,
> GatherBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tparams<T1>(self, value: T1) -> GatherBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;GatherBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tparams_as_default(self) -> GatherBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.tparams(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> GatherBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn validate_indices<T2>(self, value: T2) -> GatherBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;GatherBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn validate_indices_as_default(self) -> GatherBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.validate_indices(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> GatherBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T3>(self, value: T3) -> GatherBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
) = self.0;GatherBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> GatherBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> GatherBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Gather>
where Self: ::planus::WriteAsOffset<Gather>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<Gather>> for GatherBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Gather>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Gather> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<Gather>> for GatherBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Gather>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Gather>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<Gather> for GatherBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Gather> {
let (
v0,
v1,
v2,
v3,
) = &self.0;Gather::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct GatherRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> GatherRef<'a> {
#[inline]
pub fn tindices(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "Gather", "tindices")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn tparams(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "Gather", "tparams")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn validate_indices(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "Gather", "validate_indices")
?.unwrap_or(false))
}
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "Gather", "axis")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for GatherRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("GatherRef");
f.field("tindices", &self.tindices());f.field("tparams", &self.tparams());f.field("validate_indices", &self.validate_indices());f.field("axis", &self.axis());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<GatherRef<'a>> for Gather {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: GatherRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
tindices: ::core::convert::TryInto::try_into(value.tindices()?)?,tparams: ::core::convert::TryInto::try_into(value.tparams()?)?,validate_indices: ::core::convert::TryInto::try_into(value.validate_indices()?)?,axis: ::core::convert::TryInto::try_into(value.axis()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for GatherRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for GatherRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[GatherRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Gather>> for Gather {
type Value = ::planus::Offset<Gather>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Gather>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for GatherRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[GatherRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct ExpandDims{
pub t: self::DataType,
pub tdim: self::DataType,
pub axis: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ExpandDims {
fn default() -> Self {
Self {
t: self::DataType::DtInvalid,
tdim: self::DataType::DtInvalid,
axis: 0,
}
}
}
impl ExpandDims {
#[inline]
pub fn builder() -> ExpandDimsBuilder<()> {
ExpandDimsBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_tdim: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_t = field_t.prepare(builder, &self::DataType::DtInvalid);let prepared_tdim = field_tdim.prepare(builder, &self::DataType::DtInvalid);let prepared_axis = field_axis.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_tdim.is_some() {table_writer.write_entry::<self::DataType>(1);}if prepared_axis.is_some() {table_writer.write_entry::<i32>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}if let ::core::option::Option::Some(prepared_tdim) = prepared_tdim {object_writer.write::<_, _, 4>(&prepared_tdim);}if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ExpandDims>> for ExpandDims {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExpandDims> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ExpandDims>> for ExpandDims {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ExpandDims>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ExpandDims> for ExpandDims {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExpandDims> {
ExpandDims::create(
builder,
self.t,
self.tdim,
self.axis,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ExpandDimsBuilder<State>(State);
impl<
> ExpandDimsBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T0>(self, value: T0) -> ExpandDimsBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
ExpandDimsBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> ExpandDimsBuilder<(
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
> ExpandDimsBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tdim<T1>(self, value: T1) -> ExpandDimsBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;ExpandDimsBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tdim_as_default(self) -> ExpandDimsBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.tdim(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> ExpandDimsBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T2>(self, value: T2) -> ExpandDimsBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;ExpandDimsBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> ExpandDimsBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> ExpandDimsBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExpandDims>
where Self: ::planus::WriteAsOffset<ExpandDims>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<ExpandDims>> for ExpandDimsBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<ExpandDims>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExpandDims> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<ExpandDims>> for ExpandDimsBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<ExpandDims>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ExpandDims>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<ExpandDims> for ExpandDimsBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExpandDims> {
let (
v0,
v1,
v2,
) = &self.0;ExpandDims::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct ExpandDimsRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ExpandDimsRef<'a> {
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "ExpandDims", "t")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn tdim(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "ExpandDims", "tdim")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "ExpandDims", "axis")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for ExpandDimsRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ExpandDimsRef");
f.field("t", &self.t());f.field("tdim", &self.tdim());f.field("axis", &self.axis());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ExpandDimsRef<'a>> for ExpandDims {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ExpandDimsRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
t: ::core::convert::TryInto::try_into(value.t()?)?,tdim: ::core::convert::TryInto::try_into(value.tdim()?)?,axis: ::core::convert::TryInto::try_into(value.axis()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ExpandDimsRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ExpandDimsRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ExpandDimsRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ExpandDims>> for ExpandDims {
type Value = ::planus::Offset<ExpandDims>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ExpandDims>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for ExpandDimsRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ExpandDimsRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct AsString{
pub t: self::DataType,
pub precision: i32,
pub scientific: bool,
pub shortest: bool,
pub width: i32,
pub fill_string: ::core::option::Option<::planus::alloc::string::String>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for AsString {
fn default() -> Self {
Self {
t: self::DataType::DtInvalid,
precision: 0,
scientific: false,
shortest: false,
width: 0,
fill_string: ::core::default::Default::default(),
}
}
}
impl AsString {
#[inline]
pub fn builder() -> AsStringBuilder<()> {
AsStringBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_precision: impl ::planus::WriteAsDefault<i32, i32>,
field_scientific: impl ::planus::WriteAsDefault<bool, bool>,
field_shortest: impl ::planus::WriteAsDefault<bool, bool>,
field_width: impl ::planus::WriteAsDefault<i32, i32>,
field_fill_string: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
) -> ::planus::Offset<Self> {let prepared_t = field_t.prepare(builder, &self::DataType::DtInvalid);let prepared_precision = field_precision.prepare(builder, &0);let prepared_scientific = field_scientific.prepare(builder, &false);let prepared_shortest = field_shortest.prepare(builder, &false);let prepared_width = field_width.prepare(builder, &0);let prepared_fill_string = field_fill_string.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<16> = ::core::default::Default::default();
if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_precision.is_some() {table_writer.write_entry::<i32>(1);}if prepared_width.is_some() {table_writer.write_entry::<i32>(4);}if prepared_fill_string.is_some() {table_writer.write_entry::<::planus::Offset<str>>(5);}if prepared_scientific.is_some() {table_writer.write_entry::<bool>(2);}if prepared_shortest.is_some() {table_writer.write_entry::<bool>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}if let ::core::option::Option::Some(prepared_precision) = prepared_precision {object_writer.write::<_, _, 4>(&prepared_precision);}if let ::core::option::Option::Some(prepared_width) = prepared_width {object_writer.write::<_, _, 4>(&prepared_width);}if let ::core::option::Option::Some(prepared_fill_string) = prepared_fill_string {object_writer.write::<_, _, 4>(&prepared_fill_string);}if let ::core::option::Option::Some(prepared_scientific) = prepared_scientific {object_writer.write::<_, _, 1>(&prepared_scientific);}if let ::core::option::Option::Some(prepared_shortest) = prepared_shortest {object_writer.write::<_, _, 1>(&prepared_shortest);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<AsString>> for AsString {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<AsString> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<AsString>> for AsString {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<AsString>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<AsString> for AsString {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<AsString> {
AsString::create(
builder,
self.t,
self.precision,
self.scientific,
self.shortest,
self.width,
&self.fill_string,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct AsStringBuilder<State>(State);
impl<
> AsStringBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T0>(self, value: T0) -> AsStringBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
AsStringBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> AsStringBuilder<(
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
> AsStringBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn precision<T1>(self, value: T1) -> AsStringBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;AsStringBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn precision_as_default(self) -> AsStringBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.precision(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> AsStringBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn scientific<T2>(self, value: T2) -> AsStringBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;AsStringBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn scientific_as_default(self) -> AsStringBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.scientific(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> AsStringBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn shortest<T3>(self, value: T3) -> AsStringBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
) = self.0;AsStringBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn shortest_as_default(self) -> AsStringBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.shortest(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> AsStringBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn width<T4>(self, value: T4) -> AsStringBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
) = self.0;AsStringBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn width_as_default(self) -> AsStringBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.width(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> AsStringBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn fill_string<T5>(self, value: T5) -> AsStringBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;AsStringBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn fill_string_as_null(self) -> AsStringBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.fill_string(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> AsStringBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<AsString>
where Self: ::planus::WriteAsOffset<AsString>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAs<::planus::Offset<AsString>> for AsStringBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<AsString>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<AsString> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOptional<::planus::Offset<AsString>> for AsStringBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<AsString>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<AsString>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOffset<AsString> for AsStringBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<AsString> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = &self.0;AsString::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
)
}
}
#[derive(Copy, Clone)]
pub struct AsStringRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> AsStringRef<'a> {
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "AsString", "t")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn precision(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "AsString", "precision")
?.unwrap_or(0))
}
#[inline]
pub fn scientific(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "AsString", "scientific")
?.unwrap_or(false))
}
#[inline]
pub fn shortest(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(3, "AsString", "shortest")
?.unwrap_or(false))
}
#[inline]
pub fn width(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "AsString", "width")
?.unwrap_or(0))
}
#[inline]
pub fn fill_string(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(5, "AsString", "fill_string")
}
}
impl<'a> ::core::fmt::Debug for AsStringRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("AsStringRef");
f.field("t", &self.t());f.field("precision", &self.precision());f.field("scientific", &self.scientific());f.field("shortest", &self.shortest());f.field("width", &self.width());if let ::core::option::Option::Some(field_fill_string) = self.fill_string().transpose() {
f.field("fill_string", &field_fill_string);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<AsStringRef<'a>> for AsString {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: AsStringRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
t: ::core::convert::TryInto::try_into(value.t()?)?,precision: ::core::convert::TryInto::try_into(value.precision()?)?,scientific: ::core::convert::TryInto::try_into(value.scientific()?)?,shortest: ::core::convert::TryInto::try_into(value.shortest()?)?,width: ::core::convert::TryInto::try_into(value.width()?)?,fill_string:
value.fill_string()?.map(::core::convert::Into::into)
,
})
}
}
impl<'a> ::planus::TableRead<'a> for AsStringRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for AsStringRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[AsStringRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<AsString>> for AsString {
type Value = ::planus::Offset<AsString>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<AsString>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for AsStringRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[AsStringRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct ReduceJoin{
pub keep_dims: bool,
pub separator: ::core::option::Option<::planus::alloc::string::String>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ReduceJoin {
fn default() -> Self {
Self {
keep_dims: false,
separator: ::core::default::Default::default(),
}
}
}
impl ReduceJoin {
#[inline]
pub fn builder() -> ReduceJoinBuilder<()> {
ReduceJoinBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_keep_dims: impl ::planus::WriteAsDefault<bool, bool>,
field_separator: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
) -> ::planus::Offset<Self> {let prepared_keep_dims = field_keep_dims.prepare(builder, &false);let prepared_separator = field_separator.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_separator.is_some() {table_writer.write_entry::<::planus::Offset<str>>(1);}if prepared_keep_dims.is_some() {table_writer.write_entry::<bool>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_separator) = prepared_separator {object_writer.write::<_, _, 4>(&prepared_separator);}if let ::core::option::Option::Some(prepared_keep_dims) = prepared_keep_dims {object_writer.write::<_, _, 1>(&prepared_keep_dims);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ReduceJoin>> for ReduceJoin {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReduceJoin> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ReduceJoin>> for ReduceJoin {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ReduceJoin>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ReduceJoin> for ReduceJoin {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReduceJoin> {
ReduceJoin::create(
builder,
self.keep_dims,
&self.separator,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ReduceJoinBuilder<State>(State);
impl<
> ReduceJoinBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn keep_dims<T0>(self, value: T0) -> ReduceJoinBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<bool, bool>
{
ReduceJoinBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn keep_dims_as_default(self) -> ReduceJoinBuilder<(
::planus::DefaultValue,
)>
{
self.keep_dims(::planus::DefaultValue)
}
}
impl<
T0,
> ReduceJoinBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn separator<T1>(self, value: T1) -> ReduceJoinBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
) = self.0;ReduceJoinBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn separator_as_null(self) -> ReduceJoinBuilder<(
T0,
(),
)>
{
self.separator(())
}
}
impl<
T0,
T1,
> ReduceJoinBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReduceJoin>
where Self: ::planus::WriteAsOffset<ReduceJoin>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAs<::planus::Offset<ReduceJoin>> for ReduceJoinBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<ReduceJoin>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReduceJoin> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOptional<::planus::Offset<ReduceJoin>> for ReduceJoinBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<ReduceJoin>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ReduceJoin>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOffset<ReduceJoin> for ReduceJoinBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReduceJoin> {
let (
v0,
v1,
) = &self.0;ReduceJoin::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct ReduceJoinRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ReduceJoinRef<'a> {
#[inline]
pub fn keep_dims(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(0, "ReduceJoin", "keep_dims")
?.unwrap_or(false))
}
#[inline]
pub fn separator(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(1, "ReduceJoin", "separator")
}
}
impl<'a> ::core::fmt::Debug for ReduceJoinRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ReduceJoinRef");
f.field("keep_dims", &self.keep_dims());if let ::core::option::Option::Some(field_separator) = self.separator().transpose() {
f.field("separator", &field_separator);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ReduceJoinRef<'a>> for ReduceJoin {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ReduceJoinRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
keep_dims: ::core::convert::TryInto::try_into(value.keep_dims()?)?,separator:
value.separator()?.map(::core::convert::Into::into)
,
})
}
}
impl<'a> ::planus::TableRead<'a> for ReduceJoinRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ReduceJoinRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ReduceJoinRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ReduceJoin>> for ReduceJoin {
type Value = ::planus::Offset<ReduceJoin>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ReduceJoin>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for ReduceJoinRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ReduceJoinRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum CropAndResizeMethod {
Bilinear = 0,
Nearest = 1,
}
impl CropAndResizeMethod {
pub const ENUM_VALUES: [Self; 2] = [Self::Bilinear,Self::Nearest,];
}
impl ::core::convert::TryFrom<i8> for CropAndResizeMethod {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(CropAndResizeMethod::Bilinear),
1 => ::core::result::Result::Ok(CropAndResizeMethod::Nearest),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<CropAndResizeMethod> for i8 {
#[inline]
fn from(value: CropAndResizeMethod) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for CropAndResizeMethod {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<CropAndResizeMethod> for CropAndResizeMethod {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<CropAndResizeMethod> for CropAndResizeMethod {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> CropAndResizeMethod {
*self
}
}
impl ::planus::WriteAsDefault<CropAndResizeMethod, CropAndResizeMethod> for CropAndResizeMethod {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &CropAndResizeMethod) -> ::core::option::Option<CropAndResizeMethod> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<CropAndResizeMethod> for CropAndResizeMethod {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<CropAndResizeMethod> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for CropAndResizeMethod {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for CropAndResizeMethod {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"CropAndResizeMethod",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<CropAndResizeMethod> for CropAndResizeMethod {
const STRIDE: usize = 1;
type Value = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
*self
}
#[inline]
unsafe fn write_values(
values: &[Self],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - i as u32,
);
}
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct CropAndResize{
pub extrapolation_value: f32,
pub method: self::CropAndResizeMethod,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for CropAndResize {
fn default() -> Self {
Self {
extrapolation_value: 0.0,
method: self::CropAndResizeMethod::Bilinear,
}
}
}
impl CropAndResize {
#[inline]
pub fn builder() -> CropAndResizeBuilder<()> {
CropAndResizeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_extrapolation_value: impl ::planus::WriteAsDefault<f32, f32>,
field_method: impl ::planus::WriteAsDefault<self::CropAndResizeMethod, self::CropAndResizeMethod>,
) -> ::planus::Offset<Self> {let prepared_extrapolation_value = field_extrapolation_value.prepare(builder, &0.0);let prepared_method = field_method.prepare(builder, &self::CropAndResizeMethod::Bilinear);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_extrapolation_value.is_some() {table_writer.write_entry::<f32>(0);}if prepared_method.is_some() {table_writer.write_entry::<self::CropAndResizeMethod>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_extrapolation_value) = prepared_extrapolation_value {object_writer.write::<_, _, 4>(&prepared_extrapolation_value);}if let ::core::option::Option::Some(prepared_method) = prepared_method {object_writer.write::<_, _, 1>(&prepared_method);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<CropAndResize>> for CropAndResize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CropAndResize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<CropAndResize>> for CropAndResize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<CropAndResize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<CropAndResize> for CropAndResize {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CropAndResize> {
CropAndResize::create(
builder,
self.extrapolation_value,
self.method,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct CropAndResizeBuilder<State>(State);
impl<
> CropAndResizeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn extrapolation_value<T0>(self, value: T0) -> CropAndResizeBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
CropAndResizeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn extrapolation_value_as_default(self) -> CropAndResizeBuilder<(
::planus::DefaultValue,
)>
{
self.extrapolation_value(::planus::DefaultValue)
}
}
impl<
T0,
> CropAndResizeBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn method<T1>(self, value: T1) -> CropAndResizeBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::CropAndResizeMethod, self::CropAndResizeMethod>
{
let (
v0,
) = self.0;CropAndResizeBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn method_as_default(self) -> CropAndResizeBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.method(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> CropAndResizeBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<CropAndResize>
where Self: ::planus::WriteAsOffset<CropAndResize>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<self::CropAndResizeMethod, self::CropAndResizeMethod>,
> ::planus::WriteAs<::planus::Offset<CropAndResize>> for CropAndResizeBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<CropAndResize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CropAndResize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<self::CropAndResizeMethod, self::CropAndResizeMethod>,
> ::planus::WriteAsOptional<::planus::Offset<CropAndResize>> for CropAndResizeBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<CropAndResize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<CropAndResize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<self::CropAndResizeMethod, self::CropAndResizeMethod>,
> ::planus::WriteAsOffset<CropAndResize> for CropAndResizeBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CropAndResize> {
let (
v0,
v1,
) = &self.0;CropAndResize::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct CropAndResizeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> CropAndResizeRef<'a> {
#[inline]
pub fn extrapolation_value(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "CropAndResize", "extrapolation_value")
?.unwrap_or(0.0))
}
#[inline]
pub fn method(&self) -> ::planus::Result<self::CropAndResizeMethod> {
::core::result::Result::Ok(
self.0.access(1, "CropAndResize", "method")
?.unwrap_or(self::CropAndResizeMethod::Bilinear))
}
}
impl<'a> ::core::fmt::Debug for CropAndResizeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("CropAndResizeRef");
f.field("extrapolation_value", &self.extrapolation_value());f.field("method", &self.method());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<CropAndResizeRef<'a>> for CropAndResize {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: CropAndResizeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
extrapolation_value: ::core::convert::TryInto::try_into(value.extrapolation_value()?)?,method: ::core::convert::TryInto::try_into(value.method()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for CropAndResizeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for CropAndResizeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[CropAndResizeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<CropAndResize>> for CropAndResize {
type Value = ::planus::Offset<CropAndResize>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<CropAndResize>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for CropAndResizeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[CropAndResizeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Fill{
}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Fill {
fn default() -> Self {
Self {
}
}
}
impl Fill {
#[inline]
pub fn builder() -> FillBuilder<()> {
FillBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
) -> ::planus::Offset<Self> {
let table_writer: ::planus::table_writer::TableWriter::<4> = ::core::default::Default::default();
unsafe {
table_writer.finish(builder, |_table_writer| {});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Fill>> for Fill {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Fill> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Fill>> for Fill {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Fill>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Fill> for Fill {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Fill> {
Fill::create(
builder,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct FillBuilder<State>(State);
impl<
> FillBuilder<(
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Fill>
where Self: ::planus::WriteAsOffset<Fill>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
> ::planus::WriteAs<::planus::Offset<Fill>> for FillBuilder<(
)> {
type Prepared = ::planus::Offset<Fill>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Fill> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
> ::planus::WriteAsOptional<::planus::Offset<Fill>> for FillBuilder<(
)> {
type Prepared = ::planus::Offset<Fill>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Fill>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
> ::planus::WriteAsOffset<Fill> for FillBuilder<(
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Fill> {
Fill::create(
builder,
)
}
}
#[derive(Copy, Clone)]
pub struct FillRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> FillRef<'a> {
}
impl<'a> ::core::fmt::Debug for FillRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("FillRef");
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<FillRef<'a>> for Fill {
type Error = ::planus::Error;
fn try_from(_value: FillRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
})
}
}
impl<'a> ::planus::TableRead<'a> for FillRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for FillRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[FillRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Fill>> for Fill {
type Value = ::planus::Offset<Fill>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Fill>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for FillRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[FillRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct NonMaxSuppressionV2{
}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for NonMaxSuppressionV2 {
fn default() -> Self {
Self {
}
}
}
impl NonMaxSuppressionV2 {
#[inline]
pub fn builder() -> NonMaxSuppressionV2Builder<()> {
NonMaxSuppressionV2Builder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
) -> ::planus::Offset<Self> {
let table_writer: ::planus::table_writer::TableWriter::<4> = ::core::default::Default::default();
unsafe {
table_writer.finish(builder, |_table_writer| {});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<NonMaxSuppressionV2>> for NonMaxSuppressionV2 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<NonMaxSuppressionV2> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<NonMaxSuppressionV2>> for NonMaxSuppressionV2 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<NonMaxSuppressionV2>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<NonMaxSuppressionV2> for NonMaxSuppressionV2 {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<NonMaxSuppressionV2> {
NonMaxSuppressionV2::create(
builder,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct NonMaxSuppressionV2Builder<State>(State);
impl<
> NonMaxSuppressionV2Builder<(
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<NonMaxSuppressionV2>
where Self: ::planus::WriteAsOffset<NonMaxSuppressionV2>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
> ::planus::WriteAs<::planus::Offset<NonMaxSuppressionV2>> for NonMaxSuppressionV2Builder<(
)> {
type Prepared = ::planus::Offset<NonMaxSuppressionV2>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<NonMaxSuppressionV2> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
> ::planus::WriteAsOptional<::planus::Offset<NonMaxSuppressionV2>> for NonMaxSuppressionV2Builder<(
)> {
type Prepared = ::planus::Offset<NonMaxSuppressionV2>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<NonMaxSuppressionV2>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
> ::planus::WriteAsOffset<NonMaxSuppressionV2> for NonMaxSuppressionV2Builder<(
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<NonMaxSuppressionV2> {
NonMaxSuppressionV2::create(
builder,
)
}
}
#[derive(Copy, Clone)]
pub struct NonMaxSuppressionV2Ref<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> NonMaxSuppressionV2Ref<'a> {
}
impl<'a> ::core::fmt::Debug for NonMaxSuppressionV2Ref<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("NonMaxSuppressionV2Ref");
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<NonMaxSuppressionV2Ref<'a>> for NonMaxSuppressionV2 {
type Error = ::planus::Error;
fn try_from(_value: NonMaxSuppressionV2Ref<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
})
}
}
impl<'a> ::planus::TableRead<'a> for NonMaxSuppressionV2Ref<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for NonMaxSuppressionV2Ref<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[NonMaxSuppressionV2Ref]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<NonMaxSuppressionV2>> for NonMaxSuppressionV2 {
type Value = ::planus::Offset<NonMaxSuppressionV2>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<NonMaxSuppressionV2>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for NonMaxSuppressionV2Ref<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[NonMaxSuppressionV2Ref]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Range{
pub tidx: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Range {
fn default() -> Self {
Self {
tidx: self::DataType::DtInvalid,
}
}
}
impl Range {
#[inline]
pub fn builder() -> RangeBuilder<()> {
RangeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_tidx: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_tidx = field_tidx.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_tidx.is_some() {table_writer.write_entry::<self::DataType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_tidx) = prepared_tidx {object_writer.write::<_, _, 4>(&prepared_tidx);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Range>> for Range {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Range> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Range>> for Range {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Range>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Range> for Range {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Range> {
Range::create(
builder,
self.tidx,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RangeBuilder<State>(State);
impl<
> RangeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tidx<T0>(self, value: T0) -> RangeBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
RangeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tidx_as_default(self) -> RangeBuilder<(
::planus::DefaultValue,
)>
{
self.tidx(::planus::DefaultValue)
}
}
impl<
T0,
> RangeBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Range>
where Self: ::planus::WriteAsOffset<Range>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<Range>> for RangeBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Range>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Range> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<Range>> for RangeBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Range>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Range>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<Range> for RangeBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Range> {
let (
v0,
) = &self.0;Range::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct RangeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RangeRef<'a> {
#[inline]
pub fn tidx(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "Range", "tidx")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for RangeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RangeRef");
f.field("tidx", &self.tidx());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RangeRef<'a>> for Range {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: RangeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
tidx: ::core::convert::TryInto::try_into(value.tidx()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for RangeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RangeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RangeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Range>> for Range {
type Value = ::planus::Offset<Range>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Range>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for RangeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RangeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Rank{
}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Rank {
fn default() -> Self {
Self {
}
}
}
impl Rank {
#[inline]
pub fn builder() -> RankBuilder<()> {
RankBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
) -> ::planus::Offset<Self> {
let table_writer: ::planus::table_writer::TableWriter::<4> = ::core::default::Default::default();
unsafe {
table_writer.finish(builder, |_table_writer| {});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Rank>> for Rank {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Rank> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Rank>> for Rank {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Rank>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Rank> for Rank {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Rank> {
Rank::create(
builder,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RankBuilder<State>(State);
impl<
> RankBuilder<(
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Rank>
where Self: ::planus::WriteAsOffset<Rank>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
> ::planus::WriteAs<::planus::Offset<Rank>> for RankBuilder<(
)> {
type Prepared = ::planus::Offset<Rank>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Rank> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
> ::planus::WriteAsOptional<::planus::Offset<Rank>> for RankBuilder<(
)> {
type Prepared = ::planus::Offset<Rank>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Rank>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
> ::planus::WriteAsOffset<Rank> for RankBuilder<(
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Rank> {
Rank::create(
builder,
)
}
}
#[derive(Copy, Clone)]
pub struct RankRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RankRef<'a> {
}
impl<'a> ::core::fmt::Debug for RankRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RankRef");
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RankRef<'a>> for Rank {
type Error = ::planus::Error;
fn try_from(_value: RankRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
})
}
}
impl<'a> ::planus::TableRead<'a> for RankRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RankRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RankRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Rank>> for Rank {
type Value = ::planus::Offset<Rank>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Rank>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for RankRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RankRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Size{
pub output_data_type: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Size {
fn default() -> Self {
Self {
output_data_type: self::DataType::DtInvalid,
}
}
}
impl Size {
#[inline]
pub fn builder() -> SizeBuilder<()> {
SizeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_output_data_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_output_data_type = field_output_data_type.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_output_data_type.is_some() {table_writer.write_entry::<self::DataType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_output_data_type) = prepared_output_data_type {object_writer.write::<_, _, 4>(&prepared_output_data_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Size>> for Size {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Size> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Size>> for Size {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Size>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Size> for Size {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Size> {
Size::create(
builder,
self.output_data_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct SizeBuilder<State>(State);
impl<
> SizeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_data_type<T0>(self, value: T0) -> SizeBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
SizeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_data_type_as_default(self) -> SizeBuilder<(
::planus::DefaultValue,
)>
{
self.output_data_type(::planus::DefaultValue)
}
}
impl<
T0,
> SizeBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Size>
where Self: ::planus::WriteAsOffset<Size>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<Size>> for SizeBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Size>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Size> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<Size>> for SizeBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Size>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Size>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<Size> for SizeBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Size> {
let (
v0,
) = &self.0;Size::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct SizeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> SizeRef<'a> {
#[inline]
pub fn output_data_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "Size", "output_data_type")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for SizeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("SizeRef");
f.field("output_data_type", &self.output_data_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<SizeRef<'a>> for Size {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: SizeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
output_data_type: ::core::convert::TryInto::try_into(value.output_data_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for SizeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for SizeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[SizeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Size>> for Size {
type Value = ::planus::Offset<Size>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Size>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for SizeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[SizeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Transpose{
pub tperm: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Transpose {
fn default() -> Self {
Self {
tperm: self::DataType::DtInvalid,
}
}
}
impl Transpose {
#[inline]
pub fn builder() -> TransposeBuilder<()> {
TransposeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_tperm: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_tperm = field_tperm.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_tperm.is_some() {table_writer.write_entry::<self::DataType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_tperm) = prepared_tperm {object_writer.write::<_, _, 4>(&prepared_tperm);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Transpose>> for Transpose {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Transpose> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Transpose>> for Transpose {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Transpose>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Transpose> for Transpose {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Transpose> {
Transpose::create(
builder,
self.tperm,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct TransposeBuilder<State>(State);
impl<
> TransposeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tperm<T0>(self, value: T0) -> TransposeBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
TransposeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tperm_as_default(self) -> TransposeBuilder<(
::planus::DefaultValue,
)>
{
self.tperm(::planus::DefaultValue)
}
}
impl<
T0,
> TransposeBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Transpose>
where Self: ::planus::WriteAsOffset<Transpose>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<Transpose>> for TransposeBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Transpose>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Transpose> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<Transpose>> for TransposeBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Transpose>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Transpose>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<Transpose> for TransposeBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Transpose> {
let (
v0,
) = &self.0;Transpose::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct TransposeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> TransposeRef<'a> {
#[inline]
pub fn tperm(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "Transpose", "tperm")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for TransposeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("TransposeRef");
f.field("tperm", &self.tperm());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<TransposeRef<'a>> for Transpose {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: TransposeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
tperm: ::core::convert::TryInto::try_into(value.tperm()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for TransposeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for TransposeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[TransposeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Transpose>> for Transpose {
type Value = ::planus::Offset<Transpose>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Transpose>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for TransposeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[TransposeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct SliceTf{
pub t: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for SliceTf {
fn default() -> Self {
Self {
t: self::DataType::DtInvalid,
}
}
}
impl SliceTf {
#[inline]
pub fn builder() -> SliceTfBuilder<()> {
SliceTfBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_t = field_t.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<SliceTf>> for SliceTf {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SliceTf> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<SliceTf>> for SliceTf {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SliceTf>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<SliceTf> for SliceTf {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SliceTf> {
SliceTf::create(
builder,
self.t,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct SliceTfBuilder<State>(State);
impl<
> SliceTfBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T0>(self, value: T0) -> SliceTfBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
SliceTfBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> SliceTfBuilder<(
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
> SliceTfBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<SliceTf>
where Self: ::planus::WriteAsOffset<SliceTf>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<SliceTf>> for SliceTfBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<SliceTf>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SliceTf> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<SliceTf>> for SliceTfBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<SliceTf>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SliceTf>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<SliceTf> for SliceTfBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SliceTf> {
let (
v0,
) = &self.0;SliceTf::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct SliceTfRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> SliceTfRef<'a> {
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "SliceTf", "t")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for SliceTfRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("SliceTfRef");
f.field("t", &self.t());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<SliceTfRef<'a>> for SliceTf {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: SliceTfRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
t: ::core::convert::TryInto::try_into(value.t()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for SliceTfRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for SliceTfRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[SliceTfRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<SliceTf>> for SliceTf {
type Value = ::planus::Offset<SliceTf>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<SliceTf>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for SliceTfRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[SliceTfRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizeMaxMin{
pub t: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizeMaxMin {
fn default() -> Self {
Self {
t: self::DataType::DtInvalid,
}
}
}
impl QuantizeMaxMin {
#[inline]
pub fn builder() -> QuantizeMaxMinBuilder<()> {
QuantizeMaxMinBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_t = field_t.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizeMaxMin>> for QuantizeMaxMin {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeMaxMin> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizeMaxMin>> for QuantizeMaxMin {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizeMaxMin>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizeMaxMin> for QuantizeMaxMin {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeMaxMin> {
QuantizeMaxMin::create(
builder,
self.t,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizeMaxMinBuilder<State>(State);
impl<
> QuantizeMaxMinBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T0>(self, value: T0) -> QuantizeMaxMinBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
QuantizeMaxMinBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> QuantizeMaxMinBuilder<(
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizeMaxMinBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeMaxMin>
where Self: ::planus::WriteAsOffset<QuantizeMaxMin>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<QuantizeMaxMin>> for QuantizeMaxMinBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<QuantizeMaxMin>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeMaxMin> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizeMaxMin>> for QuantizeMaxMinBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<QuantizeMaxMin>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizeMaxMin>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<QuantizeMaxMin> for QuantizeMaxMinBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeMaxMin> {
let (
v0,
) = &self.0;QuantizeMaxMin::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizeMaxMinRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizeMaxMinRef<'a> {
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "QuantizeMaxMin", "t")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for QuantizeMaxMinRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizeMaxMinRef");
f.field("t", &self.t());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizeMaxMinRef<'a>> for QuantizeMaxMin {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizeMaxMinRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
t: ::core::convert::TryInto::try_into(value.t()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizeMaxMinRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizeMaxMinRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizeMaxMinRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizeMaxMin>> for QuantizeMaxMin {
type Value = ::planus::Offset<QuantizeMaxMin>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizeMaxMin>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizeMaxMinRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizeMaxMinRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Crop{
pub axis: i32,
pub offset: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Crop {
fn default() -> Self {
Self {
axis: 2,
offset: ::core::default::Default::default(),
}
}
}
impl Crop {
#[inline]
pub fn builder() -> CropBuilder<()> {
CropBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
field_offset: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
) -> ::planus::Offset<Self> {let prepared_axis = field_axis.prepare(builder, &2);let prepared_offset = field_offset.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_axis.is_some() {table_writer.write_entry::<i32>(0);}if prepared_offset.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_offset) = prepared_offset {object_writer.write::<_, _, 4>(&prepared_offset);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Crop>> for Crop {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Crop> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Crop>> for Crop {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Crop>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Crop> for Crop {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Crop> {
Crop::create(
builder,
self.axis,
&self.offset,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct CropBuilder<State>(State);
impl<
> CropBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T0>(self, value: T0) -> CropBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
CropBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> CropBuilder<(
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
> CropBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn offset<T1>(self, value: T1) -> CropBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;CropBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn offset_as_null(self) -> CropBuilder<(
T0,
(),
)>
{
self.offset(())
}
}
impl<
T0,
T1,
> CropBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Crop>
where Self: ::planus::WriteAsOffset<Crop>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAs<::planus::Offset<Crop>> for CropBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Crop>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Crop> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOptional<::planus::Offset<Crop>> for CropBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Crop>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Crop>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOffset<Crop> for CropBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Crop> {
let (
v0,
v1,
) = &self.0;Crop::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct CropRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> CropRef<'a> {
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Crop", "axis")
?.unwrap_or(2))
}
#[inline]
pub fn offset(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "Crop", "offset")
}
}
impl<'a> ::core::fmt::Debug for CropRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("CropRef");
f.field("axis", &self.axis());if let ::core::option::Option::Some(field_offset) = self.offset().transpose() {
f.field("offset", &field_offset);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<CropRef<'a>> for Crop {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: CropRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
axis: ::core::convert::TryInto::try_into(value.axis()?)?,offset:
if let ::core::option::Option::Some(offset) = value.offset()? {
::core::option::Option::Some(offset.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for CropRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for CropRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[CropRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Crop>> for Crop {
type Value = ::planus::Offset<Crop>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Crop>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for CropRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[CropRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct SpaceBatch{
pub block_shape: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub padding: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for SpaceBatch {
fn default() -> Self {
Self {
block_shape: ::core::default::Default::default(),
padding: ::core::default::Default::default(),
}
}
}
impl SpaceBatch {
#[inline]
pub fn builder() -> SpaceBatchBuilder<()> {
SpaceBatchBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_block_shape: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_padding: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
) -> ::planus::Offset<Self> {let prepared_block_shape = field_block_shape.prepare(builder);let prepared_padding = field_padding.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_block_shape.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(0);}if prepared_padding.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_block_shape) = prepared_block_shape {object_writer.write::<_, _, 4>(&prepared_block_shape);}if let ::core::option::Option::Some(prepared_padding) = prepared_padding {object_writer.write::<_, _, 4>(&prepared_padding);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<SpaceBatch>> for SpaceBatch {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SpaceBatch> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<SpaceBatch>> for SpaceBatch {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SpaceBatch>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<SpaceBatch> for SpaceBatch {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SpaceBatch> {
SpaceBatch::create(
builder,
&self.block_shape,
&self.padding,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct SpaceBatchBuilder<State>(State);
impl<
> SpaceBatchBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn block_shape<T0>(self, value: T0) -> SpaceBatchBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
SpaceBatchBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn block_shape_as_null(self) -> SpaceBatchBuilder<(
(),
)>
{
self.block_shape(())
}
}
impl<
T0,
> SpaceBatchBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn padding<T1>(self, value: T1) -> SpaceBatchBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
) = self.0;SpaceBatchBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn padding_as_null(self) -> SpaceBatchBuilder<(
T0,
(),
)>
{
self.padding(())
}
}
impl<
T0,
T1,
> SpaceBatchBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<SpaceBatch>
where Self: ::planus::WriteAsOffset<SpaceBatch>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAs<::planus::Offset<SpaceBatch>> for SpaceBatchBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<SpaceBatch>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SpaceBatch> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAsOptional<::planus::Offset<SpaceBatch>> for SpaceBatchBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<SpaceBatch>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SpaceBatch>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAsOffset<SpaceBatch> for SpaceBatchBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SpaceBatch> {
let (
v0,
v1,
) = &self.0;SpaceBatch::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct SpaceBatchRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> SpaceBatchRef<'a> {
#[inline]
pub fn block_shape(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(0, "SpaceBatch", "block_shape")
}
#[inline]
pub fn padding(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(1, "SpaceBatch", "padding")
}
}
impl<'a> ::core::fmt::Debug for SpaceBatchRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("SpaceBatchRef");
if let ::core::option::Option::Some(field_block_shape) = self.block_shape().transpose() {
f.field("block_shape", &field_block_shape);
}if let ::core::option::Option::Some(field_padding) = self.padding().transpose() {
f.field("padding", &field_padding);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<SpaceBatchRef<'a>> for SpaceBatch {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: SpaceBatchRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
block_shape:
if let ::core::option::Option::Some(block_shape) = value.block_shape()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(block_shape)?))
} else {
::core::option::Option::None
}
,padding:
if let ::core::option::Option::Some(padding) = value.padding()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(padding)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for SpaceBatchRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for SpaceBatchRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[SpaceBatchRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<SpaceBatch>> for SpaceBatch {
type Value = ::planus::Offset<SpaceBatch>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<SpaceBatch>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for SpaceBatchRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[SpaceBatchRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct MomentsParam{
pub dim: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub keep_dims: bool,
pub d_type: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for MomentsParam {
fn default() -> Self {
Self {
dim: ::core::default::Default::default(),
keep_dims: true,
d_type: self::DataType::DtFloat,
}
}
}
impl MomentsParam {
#[inline]
pub fn builder() -> MomentsParamBuilder<()> {
MomentsParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_dim: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_keep_dims: impl ::planus::WriteAsDefault<bool, bool>,
field_d_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_dim = field_dim.prepare(builder);let prepared_keep_dims = field_keep_dims.prepare(builder, &true);let prepared_d_type = field_d_type.prepare(builder, &self::DataType::DtFloat);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_dim.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_d_type.is_some() {table_writer.write_entry::<self::DataType>(2);}if prepared_keep_dims.is_some() {table_writer.write_entry::<bool>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_dim) = prepared_dim {object_writer.write::<_, _, 4>(&prepared_dim);}if let ::core::option::Option::Some(prepared_d_type) = prepared_d_type {object_writer.write::<_, _, 4>(&prepared_d_type);}if let ::core::option::Option::Some(prepared_keep_dims) = prepared_keep_dims {object_writer.write::<_, _, 1>(&prepared_keep_dims);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<MomentsParam>> for MomentsParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<MomentsParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<MomentsParam>> for MomentsParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<MomentsParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<MomentsParam> for MomentsParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<MomentsParam> {
MomentsParam::create(
builder,
&self.dim,
self.keep_dims,
self.d_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct MomentsParamBuilder<State>(State);
impl<
> MomentsParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dim<T0>(self, value: T0) -> MomentsParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
MomentsParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dim_as_null(self) -> MomentsParamBuilder<(
(),
)>
{
self.dim(())
}
}
impl<
T0,
> MomentsParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn keep_dims<T1>(self, value: T1) -> MomentsParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;MomentsParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn keep_dims_as_default(self) -> MomentsParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.keep_dims(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> MomentsParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn d_type<T2>(self, value: T2) -> MomentsParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
) = self.0;MomentsParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn d_type_as_default(self) -> MomentsParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.d_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> MomentsParamBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<MomentsParam>
where Self: ::planus::WriteAsOffset<MomentsParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<MomentsParam>> for MomentsParamBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<MomentsParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<MomentsParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<MomentsParam>> for MomentsParamBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<MomentsParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<MomentsParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<MomentsParam> for MomentsParamBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<MomentsParam> {
let (
v0,
v1,
v2,
) = &self.0;MomentsParam::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct MomentsParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> MomentsParamRef<'a> {
#[inline]
pub fn dim(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "MomentsParam", "dim")
}
#[inline]
pub fn keep_dims(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "MomentsParam", "keep_dims")
?.unwrap_or(true))
}
#[inline]
pub fn d_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(2, "MomentsParam", "d_type")
?.unwrap_or(self::DataType::DtFloat))
}
}
impl<'a> ::core::fmt::Debug for MomentsParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("MomentsParamRef");
if let ::core::option::Option::Some(field_dim) = self.dim().transpose() {
f.field("dim", &field_dim);
}f.field("keep_dims", &self.keep_dims());f.field("d_type", &self.d_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<MomentsParamRef<'a>> for MomentsParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: MomentsParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
dim:
if let ::core::option::Option::Some(dim) = value.dim()? {
::core::option::Option::Some(dim.to_vec()?)
} else {
::core::option::Option::None
}
,keep_dims: ::core::convert::TryInto::try_into(value.keep_dims()?)?,d_type: ::core::convert::TryInto::try_into(value.d_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for MomentsParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for MomentsParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[MomentsParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<MomentsParam>> for MomentsParam {
type Value = ::planus::Offset<MomentsParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<MomentsParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for MomentsParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[MomentsParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct RnnParam{
pub num_units: i32,
pub is_bidirectional_rnn: bool,
pub linear_before_reset: bool,
pub keep_all_outputs: bool,
pub fw_gate_weight: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub fw_gate_bias: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub fw_candidate_weight: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub fw_candidate_bias: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub fw_recurrent_bias: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub bw_gate_weight: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub bw_gate_bias: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub bw_candidate_weight: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub bw_candidate_bias: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub bw_recurrent_bias: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for RnnParam {
fn default() -> Self {
Self {
num_units: 0,
is_bidirectional_rnn: false,
linear_before_reset: false,
keep_all_outputs: false,
fw_gate_weight: ::core::default::Default::default(),
fw_gate_bias: ::core::default::Default::default(),
fw_candidate_weight: ::core::default::Default::default(),
fw_candidate_bias: ::core::default::Default::default(),
fw_recurrent_bias: ::core::default::Default::default(),
bw_gate_weight: ::core::default::Default::default(),
bw_gate_bias: ::core::default::Default::default(),
bw_candidate_weight: ::core::default::Default::default(),
bw_candidate_bias: ::core::default::Default::default(),
bw_recurrent_bias: ::core::default::Default::default(),
}
}
}
impl RnnParam {
#[inline]
pub fn builder() -> RnnParamBuilder<()> {
RnnParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_num_units: impl ::planus::WriteAsDefault<i32, i32>,
field_is_bidirectional_rnn: impl ::planus::WriteAsDefault<bool, bool>,
field_linear_before_reset: impl ::planus::WriteAsDefault<bool, bool>,
field_keep_all_outputs: impl ::planus::WriteAsDefault<bool, bool>,
field_fw_gate_weight: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_fw_gate_bias: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_fw_candidate_weight: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_fw_candidate_bias: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_fw_recurrent_bias: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_bw_gate_weight: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_bw_gate_bias: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_bw_candidate_weight: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_bw_candidate_bias: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_bw_recurrent_bias: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
) -> ::planus::Offset<Self> {let prepared_num_units = field_num_units.prepare(builder, &0);let prepared_is_bidirectional_rnn = field_is_bidirectional_rnn.prepare(builder, &false);let prepared_linear_before_reset = field_linear_before_reset.prepare(builder, &false);let prepared_keep_all_outputs = field_keep_all_outputs.prepare(builder, &false);let prepared_fw_gate_weight = field_fw_gate_weight.prepare(builder);let prepared_fw_gate_bias = field_fw_gate_bias.prepare(builder);let prepared_fw_candidate_weight = field_fw_candidate_weight.prepare(builder);let prepared_fw_candidate_bias = field_fw_candidate_bias.prepare(builder);let prepared_fw_recurrent_bias = field_fw_recurrent_bias.prepare(builder);let prepared_bw_gate_weight = field_bw_gate_weight.prepare(builder);let prepared_bw_gate_bias = field_bw_gate_bias.prepare(builder);let prepared_bw_candidate_weight = field_bw_candidate_weight.prepare(builder);let prepared_bw_candidate_bias = field_bw_candidate_bias.prepare(builder);let prepared_bw_recurrent_bias = field_bw_recurrent_bias.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<32> = ::core::default::Default::default();
if prepared_num_units.is_some() {table_writer.write_entry::<i32>(0);}if prepared_fw_gate_weight.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(4);}if prepared_fw_gate_bias.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(5);}if prepared_fw_candidate_weight.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(6);}if prepared_fw_candidate_bias.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(7);}if prepared_fw_recurrent_bias.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(8);}if prepared_bw_gate_weight.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(9);}if prepared_bw_gate_bias.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(10);}if prepared_bw_candidate_weight.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(11);}if prepared_bw_candidate_bias.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(12);}if prepared_bw_recurrent_bias.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(13);}if prepared_is_bidirectional_rnn.is_some() {table_writer.write_entry::<bool>(1);}if prepared_linear_before_reset.is_some() {table_writer.write_entry::<bool>(2);}if prepared_keep_all_outputs.is_some() {table_writer.write_entry::<bool>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_num_units) = prepared_num_units {object_writer.write::<_, _, 4>(&prepared_num_units);}if let ::core::option::Option::Some(prepared_fw_gate_weight) = prepared_fw_gate_weight {object_writer.write::<_, _, 4>(&prepared_fw_gate_weight);}if let ::core::option::Option::Some(prepared_fw_gate_bias) = prepared_fw_gate_bias {object_writer.write::<_, _, 4>(&prepared_fw_gate_bias);}if let ::core::option::Option::Some(prepared_fw_candidate_weight) = prepared_fw_candidate_weight {object_writer.write::<_, _, 4>(&prepared_fw_candidate_weight);}if let ::core::option::Option::Some(prepared_fw_candidate_bias) = prepared_fw_candidate_bias {object_writer.write::<_, _, 4>(&prepared_fw_candidate_bias);}if let ::core::option::Option::Some(prepared_fw_recurrent_bias) = prepared_fw_recurrent_bias {object_writer.write::<_, _, 4>(&prepared_fw_recurrent_bias);}if let ::core::option::Option::Some(prepared_bw_gate_weight) = prepared_bw_gate_weight {object_writer.write::<_, _, 4>(&prepared_bw_gate_weight);}if let ::core::option::Option::Some(prepared_bw_gate_bias) = prepared_bw_gate_bias {object_writer.write::<_, _, 4>(&prepared_bw_gate_bias);}if let ::core::option::Option::Some(prepared_bw_candidate_weight) = prepared_bw_candidate_weight {object_writer.write::<_, _, 4>(&prepared_bw_candidate_weight);}if let ::core::option::Option::Some(prepared_bw_candidate_bias) = prepared_bw_candidate_bias {object_writer.write::<_, _, 4>(&prepared_bw_candidate_bias);}if let ::core::option::Option::Some(prepared_bw_recurrent_bias) = prepared_bw_recurrent_bias {object_writer.write::<_, _, 4>(&prepared_bw_recurrent_bias);}if let ::core::option::Option::Some(prepared_is_bidirectional_rnn) = prepared_is_bidirectional_rnn {object_writer.write::<_, _, 1>(&prepared_is_bidirectional_rnn);}if let ::core::option::Option::Some(prepared_linear_before_reset) = prepared_linear_before_reset {object_writer.write::<_, _, 1>(&prepared_linear_before_reset);}if let ::core::option::Option::Some(prepared_keep_all_outputs) = prepared_keep_all_outputs {object_writer.write::<_, _, 1>(&prepared_keep_all_outputs);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<RnnParam>> for RnnParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RnnParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<RnnParam>> for RnnParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RnnParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<RnnParam> for RnnParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RnnParam> {
RnnParam::create(
builder,
self.num_units,
self.is_bidirectional_rnn,
self.linear_before_reset,
self.keep_all_outputs,
&self.fw_gate_weight,
&self.fw_gate_bias,
&self.fw_candidate_weight,
&self.fw_candidate_bias,
&self.fw_recurrent_bias,
&self.bw_gate_weight,
&self.bw_gate_bias,
&self.bw_candidate_weight,
&self.bw_candidate_bias,
&self.bw_recurrent_bias,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RnnParamBuilder<State>(State);
impl<
> RnnParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_units<T0>(self, value: T0) -> RnnParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
RnnParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_units_as_default(self) -> RnnParamBuilder<(
::planus::DefaultValue,
)>
{
self.num_units(::planus::DefaultValue)
}
}
impl<
T0,
> RnnParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn is_bidirectional_rnn<T1>(self, value: T1) -> RnnParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;RnnParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn is_bidirectional_rnn_as_default(self) -> RnnParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.is_bidirectional_rnn(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> RnnParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn linear_before_reset<T2>(self, value: T2) -> RnnParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;RnnParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn linear_before_reset_as_default(self) -> RnnParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.linear_before_reset(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> RnnParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn keep_all_outputs<T3>(self, value: T3) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn keep_all_outputs_as_default(self) -> RnnParamBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.keep_all_outputs(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_gate_weight<T4>(self, value: T4) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_gate_weight_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.fw_gate_weight(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_gate_bias<T5>(self, value: T5) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_gate_bias_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.fw_gate_bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_candidate_weight<T6>(self, value: T6) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_candidate_weight_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.fw_candidate_weight(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_candidate_bias<T7>(self, value: T7) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_candidate_bias_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
(),
)>
{
self.fw_candidate_bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_recurrent_bias<T8>(self, value: T8) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)>
where T8: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn fw_recurrent_bias_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
(),
)>
{
self.fw_recurrent_bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_gate_weight<T9>(self, value: T9) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)>
where T9: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_gate_weight_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
(),
)>
{
self.bw_gate_weight(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_gate_bias<T10>(self, value: T10) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)>
where T10: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_gate_bias_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
(),
)>
{
self.bw_gate_bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_candidate_weight<T11>(self, value: T11) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)>
where T11: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_candidate_weight_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
(),
)>
{
self.bw_candidate_weight(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_candidate_bias<T12>(self, value: T12) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
)>
where T12: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_candidate_bias_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
(),
)>
{
self.bw_candidate_bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
> RnnParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_recurrent_bias<T13>(self, value: T13) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
)>
where T13: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
) = self.0;RnnParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bw_recurrent_bias_as_null(self) -> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
(),
)>
{
self.bw_recurrent_bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
> RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<RnnParam>
where Self: ::planus::WriteAsOffset<RnnParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T9: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T10: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T11: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T12: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T13: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAs<::planus::Offset<RnnParam>> for RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
)> {
type Prepared = ::planus::Offset<RnnParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RnnParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T9: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T10: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T11: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T12: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T13: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAsOptional<::planus::Offset<RnnParam>> for RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
)> {
type Prepared = ::planus::Offset<RnnParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RnnParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T9: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T10: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T11: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T12: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T13: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
> ::planus::WriteAsOffset<RnnParam> for RnnParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RnnParam> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
v13,
) = &self.0;RnnParam::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
v13,
)
}
}
#[derive(Copy, Clone)]
pub struct RnnParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RnnParamRef<'a> {
#[inline]
pub fn num_units(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "RnnParam", "num_units")
?.unwrap_or(0))
}
#[inline]
pub fn is_bidirectional_rnn(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "RnnParam", "is_bidirectional_rnn")
?.unwrap_or(false))
}
#[inline]
pub fn linear_before_reset(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "RnnParam", "linear_before_reset")
?.unwrap_or(false))
}
#[inline]
pub fn keep_all_outputs(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(3, "RnnParam", "keep_all_outputs")
?.unwrap_or(false))
}
#[inline]
pub fn fw_gate_weight(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(4, "RnnParam", "fw_gate_weight")
}
#[inline]
pub fn fw_gate_bias(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(5, "RnnParam", "fw_gate_bias")
}
#[inline]
pub fn fw_candidate_weight(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(6, "RnnParam", "fw_candidate_weight")
}
#[inline]
pub fn fw_candidate_bias(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(7, "RnnParam", "fw_candidate_bias")
}
#[inline]
pub fn fw_recurrent_bias(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(8, "RnnParam", "fw_recurrent_bias")
}
#[inline]
pub fn bw_gate_weight(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(9, "RnnParam", "bw_gate_weight")
}
#[inline]
pub fn bw_gate_bias(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(10, "RnnParam", "bw_gate_bias")
}
#[inline]
pub fn bw_candidate_weight(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(11, "RnnParam", "bw_candidate_weight")
}
#[inline]
pub fn bw_candidate_bias(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(12, "RnnParam", "bw_candidate_bias")
}
#[inline]
pub fn bw_recurrent_bias(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(13, "RnnParam", "bw_recurrent_bias")
}
}
impl<'a> ::core::fmt::Debug for RnnParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RnnParamRef");
f.field("num_units", &self.num_units());f.field("is_bidirectional_rnn", &self.is_bidirectional_rnn());f.field("linear_before_reset", &self.linear_before_reset());f.field("keep_all_outputs", &self.keep_all_outputs());if let ::core::option::Option::Some(field_fw_gate_weight) = self.fw_gate_weight().transpose() {
f.field("fw_gate_weight", &field_fw_gate_weight);
}if let ::core::option::Option::Some(field_fw_gate_bias) = self.fw_gate_bias().transpose() {
f.field("fw_gate_bias", &field_fw_gate_bias);
}if let ::core::option::Option::Some(field_fw_candidate_weight) = self.fw_candidate_weight().transpose() {
f.field("fw_candidate_weight", &field_fw_candidate_weight);
}if let ::core::option::Option::Some(field_fw_candidate_bias) = self.fw_candidate_bias().transpose() {
f.field("fw_candidate_bias", &field_fw_candidate_bias);
}if let ::core::option::Option::Some(field_fw_recurrent_bias) = self.fw_recurrent_bias().transpose() {
f.field("fw_recurrent_bias", &field_fw_recurrent_bias);
}if let ::core::option::Option::Some(field_bw_gate_weight) = self.bw_gate_weight().transpose() {
f.field("bw_gate_weight", &field_bw_gate_weight);
}if let ::core::option::Option::Some(field_bw_gate_bias) = self.bw_gate_bias().transpose() {
f.field("bw_gate_bias", &field_bw_gate_bias);
}if let ::core::option::Option::Some(field_bw_candidate_weight) = self.bw_candidate_weight().transpose() {
f.field("bw_candidate_weight", &field_bw_candidate_weight);
}if let ::core::option::Option::Some(field_bw_candidate_bias) = self.bw_candidate_bias().transpose() {
f.field("bw_candidate_bias", &field_bw_candidate_bias);
}if let ::core::option::Option::Some(field_bw_recurrent_bias) = self.bw_recurrent_bias().transpose() {
f.field("bw_recurrent_bias", &field_bw_recurrent_bias);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RnnParamRef<'a>> for RnnParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: RnnParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
num_units: ::core::convert::TryInto::try_into(value.num_units()?)?,is_bidirectional_rnn: ::core::convert::TryInto::try_into(value.is_bidirectional_rnn()?)?,linear_before_reset: ::core::convert::TryInto::try_into(value.linear_before_reset()?)?,keep_all_outputs: ::core::convert::TryInto::try_into(value.keep_all_outputs()?)?,fw_gate_weight:
if let ::core::option::Option::Some(fw_gate_weight) = value.fw_gate_weight()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(fw_gate_weight)?))
} else {
::core::option::Option::None
}
,fw_gate_bias:
if let ::core::option::Option::Some(fw_gate_bias) = value.fw_gate_bias()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(fw_gate_bias)?))
} else {
::core::option::Option::None
}
,fw_candidate_weight:
if let ::core::option::Option::Some(fw_candidate_weight) = value.fw_candidate_weight()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(fw_candidate_weight)?))
} else {
::core::option::Option::None
}
,fw_candidate_bias:
if let ::core::option::Option::Some(fw_candidate_bias) = value.fw_candidate_bias()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(fw_candidate_bias)?))
} else {
::core::option::Option::None
}
,fw_recurrent_bias:
if let ::core::option::Option::Some(fw_recurrent_bias) = value.fw_recurrent_bias()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(fw_recurrent_bias)?))
} else {
::core::option::Option::None
}
,bw_gate_weight:
if let ::core::option::Option::Some(bw_gate_weight) = value.bw_gate_weight()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(bw_gate_weight)?))
} else {
::core::option::Option::None
}
,bw_gate_bias:
if let ::core::option::Option::Some(bw_gate_bias) = value.bw_gate_bias()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(bw_gate_bias)?))
} else {
::core::option::Option::None
}
,bw_candidate_weight:
if let ::core::option::Option::Some(bw_candidate_weight) = value.bw_candidate_weight()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(bw_candidate_weight)?))
} else {
::core::option::Option::None
}
,bw_candidate_bias:
if let ::core::option::Option::Some(bw_candidate_bias) = value.bw_candidate_bias()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(bw_candidate_bias)?))
} else {
::core::option::Option::None
}
,bw_recurrent_bias:
if let ::core::option::Option::Some(bw_recurrent_bias) = value.bw_recurrent_bias()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(bw_recurrent_bias)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for RnnParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RnnParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RnnParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<RnnParam>> for RnnParam {
type Value = ::planus::Offset<RnnParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<RnnParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for RnnParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RnnParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct BatchMatMulParam{
pub adj_x: bool,
pub adj_y: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for BatchMatMulParam {
fn default() -> Self {
Self {
adj_x: false,
adj_y: false,
}
}
}
impl BatchMatMulParam {
#[inline]
pub fn builder() -> BatchMatMulParamBuilder<()> {
BatchMatMulParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_adj_x: impl ::planus::WriteAsDefault<bool, bool>,
field_adj_y: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_adj_x = field_adj_x.prepare(builder, &false);let prepared_adj_y = field_adj_y.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_adj_x.is_some() {table_writer.write_entry::<bool>(0);}if prepared_adj_y.is_some() {table_writer.write_entry::<bool>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_adj_x) = prepared_adj_x {object_writer.write::<_, _, 1>(&prepared_adj_x);}if let ::core::option::Option::Some(prepared_adj_y) = prepared_adj_y {object_writer.write::<_, _, 1>(&prepared_adj_y);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<BatchMatMulParam>> for BatchMatMulParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchMatMulParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<BatchMatMulParam>> for BatchMatMulParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<BatchMatMulParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<BatchMatMulParam> for BatchMatMulParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchMatMulParam> {
BatchMatMulParam::create(
builder,
self.adj_x,
self.adj_y,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct BatchMatMulParamBuilder<State>(State);
impl<
> BatchMatMulParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn adj_x<T0>(self, value: T0) -> BatchMatMulParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<bool, bool>
{
BatchMatMulParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn adj_x_as_default(self) -> BatchMatMulParamBuilder<(
::planus::DefaultValue,
)>
{
self.adj_x(::planus::DefaultValue)
}
}
impl<
T0,
> BatchMatMulParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn adj_y<T1>(self, value: T1) -> BatchMatMulParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;BatchMatMulParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn adj_y_as_default(self) -> BatchMatMulParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.adj_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> BatchMatMulParamBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchMatMulParam>
where Self: ::planus::WriteAsOffset<BatchMatMulParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<BatchMatMulParam>> for BatchMatMulParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<BatchMatMulParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchMatMulParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<BatchMatMulParam>> for BatchMatMulParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<BatchMatMulParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<BatchMatMulParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<BatchMatMulParam> for BatchMatMulParamBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchMatMulParam> {
let (
v0,
v1,
) = &self.0;BatchMatMulParam::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct BatchMatMulParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> BatchMatMulParamRef<'a> {
#[inline]
pub fn adj_x(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(0, "BatchMatMulParam", "adj_x")
?.unwrap_or(false))
}
#[inline]
pub fn adj_y(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "BatchMatMulParam", "adj_y")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for BatchMatMulParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("BatchMatMulParamRef");
f.field("adj_x", &self.adj_x());f.field("adj_y", &self.adj_y());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<BatchMatMulParamRef<'a>> for BatchMatMulParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: BatchMatMulParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
adj_x: ::core::convert::TryInto::try_into(value.adj_x()?)?,adj_y: ::core::convert::TryInto::try_into(value.adj_y()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for BatchMatMulParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for BatchMatMulParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[BatchMatMulParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<BatchMatMulParam>> for BatchMatMulParam {
type Value = ::planus::Offset<BatchMatMulParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<BatchMatMulParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for BatchMatMulParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[BatchMatMulParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct DetectionPostProcessParam{
pub max_detections: i32,
pub max_classes_per_detection: i32,
pub detections_per_class: i32,
pub nms_score_threshold: f32,
pub iou_threshold: f32,
pub num_classes: i32,
pub use_regular_nms: bool,
pub center_size_encoding: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for DetectionPostProcessParam {
fn default() -> Self {
Self {
max_detections: 0,
max_classes_per_detection: 0,
detections_per_class: 0,
nms_score_threshold: 0.0,
iou_threshold: 0.0,
num_classes: 0,
use_regular_nms: false,
center_size_encoding: ::core::default::Default::default(),
}
}
}
impl DetectionPostProcessParam {
#[inline]
pub fn builder() -> DetectionPostProcessParamBuilder<()> {
DetectionPostProcessParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_max_detections: impl ::planus::WriteAsDefault<i32, i32>,
field_max_classes_per_detection: impl ::planus::WriteAsDefault<i32, i32>,
field_detections_per_class: impl ::planus::WriteAsDefault<i32, i32>,
field_nms_score_threshold: impl ::planus::WriteAsDefault<f32, f32>,
field_iou_threshold: impl ::planus::WriteAsDefault<f32, f32>,
field_num_classes: impl ::planus::WriteAsDefault<i32, i32>,
field_use_regular_nms: impl ::planus::WriteAsDefault<bool, bool>,
field_center_size_encoding: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
) -> ::planus::Offset<Self> {let prepared_max_detections = field_max_detections.prepare(builder, &0);let prepared_max_classes_per_detection = field_max_classes_per_detection.prepare(builder, &0);let prepared_detections_per_class = field_detections_per_class.prepare(builder, &0);let prepared_nms_score_threshold = field_nms_score_threshold.prepare(builder, &0.0);let prepared_iou_threshold = field_iou_threshold.prepare(builder, &0.0);let prepared_num_classes = field_num_classes.prepare(builder, &0);let prepared_use_regular_nms = field_use_regular_nms.prepare(builder, &false);let prepared_center_size_encoding = field_center_size_encoding.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<20> = ::core::default::Default::default();
if prepared_max_detections.is_some() {table_writer.write_entry::<i32>(0);}if prepared_max_classes_per_detection.is_some() {table_writer.write_entry::<i32>(1);}if prepared_detections_per_class.is_some() {table_writer.write_entry::<i32>(2);}if prepared_nms_score_threshold.is_some() {table_writer.write_entry::<f32>(3);}if prepared_iou_threshold.is_some() {table_writer.write_entry::<f32>(4);}if prepared_num_classes.is_some() {table_writer.write_entry::<i32>(5);}if prepared_center_size_encoding.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(7);}if prepared_use_regular_nms.is_some() {table_writer.write_entry::<bool>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_max_detections) = prepared_max_detections {object_writer.write::<_, _, 4>(&prepared_max_detections);}if let ::core::option::Option::Some(prepared_max_classes_per_detection) = prepared_max_classes_per_detection {object_writer.write::<_, _, 4>(&prepared_max_classes_per_detection);}if let ::core::option::Option::Some(prepared_detections_per_class) = prepared_detections_per_class {object_writer.write::<_, _, 4>(&prepared_detections_per_class);}if let ::core::option::Option::Some(prepared_nms_score_threshold) = prepared_nms_score_threshold {object_writer.write::<_, _, 4>(&prepared_nms_score_threshold);}if let ::core::option::Option::Some(prepared_iou_threshold) = prepared_iou_threshold {object_writer.write::<_, _, 4>(&prepared_iou_threshold);}if let ::core::option::Option::Some(prepared_num_classes) = prepared_num_classes {object_writer.write::<_, _, 4>(&prepared_num_classes);}if let ::core::option::Option::Some(prepared_center_size_encoding) = prepared_center_size_encoding {object_writer.write::<_, _, 4>(&prepared_center_size_encoding);}if let ::core::option::Option::Some(prepared_use_regular_nms) = prepared_use_regular_nms {object_writer.write::<_, _, 1>(&prepared_use_regular_nms);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<DetectionPostProcessParam>> for DetectionPostProcessParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionPostProcessParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<DetectionPostProcessParam>> for DetectionPostProcessParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<DetectionPostProcessParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<DetectionPostProcessParam> for DetectionPostProcessParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionPostProcessParam> {
DetectionPostProcessParam::create(
builder,
self.max_detections,
self.max_classes_per_detection,
self.detections_per_class,
self.nms_score_threshold,
self.iou_threshold,
self.num_classes,
self.use_regular_nms,
&self.center_size_encoding,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct DetectionPostProcessParamBuilder<State>(State);
impl<
> DetectionPostProcessParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_detections<T0>(self, value: T0) -> DetectionPostProcessParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
DetectionPostProcessParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_detections_as_default(self) -> DetectionPostProcessParamBuilder<(
::planus::DefaultValue,
)>
{
self.max_detections(::planus::DefaultValue)
}
}
impl<
T0,
> DetectionPostProcessParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_classes_per_detection<T1>(self, value: T1) -> DetectionPostProcessParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;DetectionPostProcessParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_classes_per_detection_as_default(self) -> DetectionPostProcessParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.max_classes_per_detection(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> DetectionPostProcessParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn detections_per_class<T2>(self, value: T2) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;DetectionPostProcessParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn detections_per_class_as_default(self) -> DetectionPostProcessParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.detections_per_class(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> DetectionPostProcessParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn nms_score_threshold<T3>(self, value: T3) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
) = self.0;DetectionPostProcessParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn nms_score_threshold_as_default(self) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.nms_score_threshold(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> DetectionPostProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn iou_threshold<T4>(self, value: T4) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
v3,
) = self.0;DetectionPostProcessParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn iou_threshold_as_default(self) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.iou_threshold(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> DetectionPostProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_classes<T5>(self, value: T5) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;DetectionPostProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_classes_as_default(self) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.num_classes(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> DetectionPostProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn use_regular_nms<T6>(self, value: T6) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;DetectionPostProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn use_regular_nms_as_default(self) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.use_regular_nms(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> DetectionPostProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn center_size_encoding<T7>(self, value: T7) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;DetectionPostProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn center_size_encoding_as_null(self) -> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
(),
)>
{
self.center_size_encoding(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
> DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionPostProcessParam>
where Self: ::planus::WriteAsOffset<DetectionPostProcessParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAs<::planus::Offset<DetectionPostProcessParam>> for DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<DetectionPostProcessParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionPostProcessParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOptional<::planus::Offset<DetectionPostProcessParam>> for DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<DetectionPostProcessParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<DetectionPostProcessParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOffset<DetectionPostProcessParam> for DetectionPostProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionPostProcessParam> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = &self.0;DetectionPostProcessParam::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
)
}
}
#[derive(Copy, Clone)]
pub struct DetectionPostProcessParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> DetectionPostProcessParamRef<'a> {
#[inline]
pub fn max_detections(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "DetectionPostProcessParam", "max_detections")
?.unwrap_or(0))
}
#[inline]
pub fn max_classes_per_detection(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "DetectionPostProcessParam", "max_classes_per_detection")
?.unwrap_or(0))
}
#[inline]
pub fn detections_per_class(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "DetectionPostProcessParam", "detections_per_class")
?.unwrap_or(0))
}
#[inline]
pub fn nms_score_threshold(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(3, "DetectionPostProcessParam", "nms_score_threshold")
?.unwrap_or(0.0))
}
#[inline]
pub fn iou_threshold(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(4, "DetectionPostProcessParam", "iou_threshold")
?.unwrap_or(0.0))
}
#[inline]
pub fn num_classes(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "DetectionPostProcessParam", "num_classes")
?.unwrap_or(0))
}
#[inline]
pub fn use_regular_nms(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(6, "DetectionPostProcessParam", "use_regular_nms")
?.unwrap_or(false))
}
#[inline]
pub fn center_size_encoding(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(7, "DetectionPostProcessParam", "center_size_encoding")
}
}
impl<'a> ::core::fmt::Debug for DetectionPostProcessParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("DetectionPostProcessParamRef");
f.field("max_detections", &self.max_detections());f.field("max_classes_per_detection", &self.max_classes_per_detection());f.field("detections_per_class", &self.detections_per_class());f.field("nms_score_threshold", &self.nms_score_threshold());f.field("iou_threshold", &self.iou_threshold());f.field("num_classes", &self.num_classes());f.field("use_regular_nms", &self.use_regular_nms());if let ::core::option::Option::Some(field_center_size_encoding) = self.center_size_encoding().transpose() {
f.field("center_size_encoding", &field_center_size_encoding);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<DetectionPostProcessParamRef<'a>> for DetectionPostProcessParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: DetectionPostProcessParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
max_detections: ::core::convert::TryInto::try_into(value.max_detections()?)?,max_classes_per_detection: ::core::convert::TryInto::try_into(value.max_classes_per_detection()?)?,detections_per_class: ::core::convert::TryInto::try_into(value.detections_per_class()?)?,nms_score_threshold: ::core::convert::TryInto::try_into(value.nms_score_threshold()?)?,iou_threshold: ::core::convert::TryInto::try_into(value.iou_threshold()?)?,num_classes: ::core::convert::TryInto::try_into(value.num_classes()?)?,use_regular_nms: ::core::convert::TryInto::try_into(value.use_regular_nms()?)?,center_size_encoding:
if let ::core::option::Option::Some(center_size_encoding) = value.center_size_encoding()? {
::core::option::Option::Some(center_size_encoding.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for DetectionPostProcessParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for DetectionPostProcessParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[DetectionPostProcessParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<DetectionPostProcessParam>> for DetectionPostProcessParam {
type Value = ::planus::Offset<DetectionPostProcessParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<DetectionPostProcessParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for DetectionPostProcessParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[DetectionPostProcessParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct RandomUniform{
pub seed: i32,
pub seed2: i32,
pub type_: self::DataType,
pub low: f32,
pub high: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for RandomUniform {
fn default() -> Self {
Self {
seed: 0,
seed2: 0,
type_: self::DataType::DtFloat,
low: 0.0,
high: 1.0,
}
}
}
impl RandomUniform {
#[inline]
pub fn builder() -> RandomUniformBuilder<()> {
RandomUniformBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_seed: impl ::planus::WriteAsDefault<i32, i32>,
field_seed2: impl ::planus::WriteAsDefault<i32, i32>,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_low: impl ::planus::WriteAsDefault<f32, f32>,
field_high: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_seed = field_seed.prepare(builder, &0);let prepared_seed2 = field_seed2.prepare(builder, &0);let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtFloat);let prepared_low = field_low.prepare(builder, &0.0);let prepared_high = field_high.prepare(builder, &1.0);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_seed.is_some() {table_writer.write_entry::<i32>(0);}if prepared_seed2.is_some() {table_writer.write_entry::<i32>(1);}if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(2);}if prepared_low.is_some() {table_writer.write_entry::<f32>(3);}if prepared_high.is_some() {table_writer.write_entry::<f32>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_seed) = prepared_seed {object_writer.write::<_, _, 4>(&prepared_seed);}if let ::core::option::Option::Some(prepared_seed2) = prepared_seed2 {object_writer.write::<_, _, 4>(&prepared_seed2);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_low) = prepared_low {object_writer.write::<_, _, 4>(&prepared_low);}if let ::core::option::Option::Some(prepared_high) = prepared_high {object_writer.write::<_, _, 4>(&prepared_high);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<RandomUniform>> for RandomUniform {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RandomUniform> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<RandomUniform>> for RandomUniform {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RandomUniform>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<RandomUniform> for RandomUniform {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RandomUniform> {
RandomUniform::create(
builder,
self.seed,
self.seed2,
self.type_,
self.low,
self.high,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RandomUniformBuilder<State>(State);
impl<
> RandomUniformBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn seed<T0>(self, value: T0) -> RandomUniformBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
RandomUniformBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn seed_as_default(self) -> RandomUniformBuilder<(
::planus::DefaultValue,
)>
{
self.seed(::planus::DefaultValue)
}
}
impl<
T0,
> RandomUniformBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn seed2<T1>(self, value: T1) -> RandomUniformBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;RandomUniformBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn seed2_as_default(self) -> RandomUniformBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.seed2(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> RandomUniformBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T2>(self, value: T2) -> RandomUniformBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
) = self.0;RandomUniformBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> RandomUniformBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> RandomUniformBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn low<T3>(self, value: T3) -> RandomUniformBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
) = self.0;RandomUniformBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn low_as_default(self) -> RandomUniformBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.low(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> RandomUniformBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn high<T4>(self, value: T4) -> RandomUniformBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
v3,
) = self.0;RandomUniformBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn high_as_default(self) -> RandomUniformBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.high(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> RandomUniformBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<RandomUniform>
where Self: ::planus::WriteAsOffset<RandomUniform>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<RandomUniform>> for RandomUniformBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<RandomUniform>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RandomUniform> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<RandomUniform>> for RandomUniformBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<RandomUniform>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RandomUniform>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<RandomUniform> for RandomUniformBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RandomUniform> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;RandomUniform::create(
builder,
v0,
v1,
v2,
v3,
v4,
)
}
}
#[derive(Copy, Clone)]
pub struct RandomUniformRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RandomUniformRef<'a> {
#[inline]
pub fn seed(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "RandomUniform", "seed")
?.unwrap_or(0))
}
#[inline]
pub fn seed2(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "RandomUniform", "seed2")
?.unwrap_or(0))
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(2, "RandomUniform", "type_")
?.unwrap_or(self::DataType::DtFloat))
}
#[inline]
pub fn low(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(3, "RandomUniform", "low")
?.unwrap_or(0.0))
}
#[inline]
pub fn high(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(4, "RandomUniform", "high")
?.unwrap_or(1.0))
}
}
impl<'a> ::core::fmt::Debug for RandomUniformRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RandomUniformRef");
f.field("seed", &self.seed());f.field("seed2", &self.seed2());f.field("type_", &self.type_());f.field("low", &self.low());f.field("high", &self.high());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RandomUniformRef<'a>> for RandomUniform {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: RandomUniformRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
seed: ::core::convert::TryInto::try_into(value.seed()?)?,seed2: ::core::convert::TryInto::try_into(value.seed2()?)?,type_: ::core::convert::TryInto::try_into(value.type_()?)?,low: ::core::convert::TryInto::try_into(value.low()?)?,high: ::core::convert::TryInto::try_into(value.high()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for RandomUniformRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RandomUniformRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RandomUniformRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<RandomUniform>> for RandomUniform {
type Value = ::planus::Offset<RandomUniform>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<RandomUniform>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for RandomUniformRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RandomUniformRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct TensorArray{
pub dynamic_size: bool,
pub identical_element_shapes: bool,
pub element_shape: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub t: self::DataType,
pub axis: i32,
pub keepdims: bool,
pub new_axis: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for TensorArray {
fn default() -> Self {
Self {
dynamic_size: false,
identical_element_shapes: false,
element_shape: ::core::default::Default::default(),
t: self::DataType::DtFloat,
axis: 0,
keepdims: true,
new_axis: false,
}
}
}
impl TensorArray {
#[inline]
pub fn builder() -> TensorArrayBuilder<()> {
TensorArrayBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_dynamic_size: impl ::planus::WriteAsDefault<bool, bool>,
field_identical_element_shapes: impl ::planus::WriteAsDefault<bool, bool>,
field_element_shape: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
field_keepdims: impl ::planus::WriteAsDefault<bool, bool>,
field_new_axis: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_dynamic_size = field_dynamic_size.prepare(builder, &false);let prepared_identical_element_shapes = field_identical_element_shapes.prepare(builder, &false);let prepared_element_shape = field_element_shape.prepare(builder);let prepared_t = field_t.prepare(builder, &self::DataType::DtFloat);let prepared_axis = field_axis.prepare(builder, &0);let prepared_keepdims = field_keepdims.prepare(builder, &true);let prepared_new_axis = field_new_axis.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<18> = ::core::default::Default::default();
if prepared_element_shape.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(2);}if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(3);}if prepared_axis.is_some() {table_writer.write_entry::<i32>(4);}if prepared_dynamic_size.is_some() {table_writer.write_entry::<bool>(0);}if prepared_identical_element_shapes.is_some() {table_writer.write_entry::<bool>(1);}if prepared_keepdims.is_some() {table_writer.write_entry::<bool>(5);}if prepared_new_axis.is_some() {table_writer.write_entry::<bool>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_element_shape) = prepared_element_shape {object_writer.write::<_, _, 4>(&prepared_element_shape);}if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_dynamic_size) = prepared_dynamic_size {object_writer.write::<_, _, 1>(&prepared_dynamic_size);}if let ::core::option::Option::Some(prepared_identical_element_shapes) = prepared_identical_element_shapes {object_writer.write::<_, _, 1>(&prepared_identical_element_shapes);}if let ::core::option::Option::Some(prepared_keepdims) = prepared_keepdims {object_writer.write::<_, _, 1>(&prepared_keepdims);}if let ::core::option::Option::Some(prepared_new_axis) = prepared_new_axis {object_writer.write::<_, _, 1>(&prepared_new_axis);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<TensorArray>> for TensorArray {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorArray> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<TensorArray>> for TensorArray {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TensorArray>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<TensorArray> for TensorArray {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorArray> {
TensorArray::create(
builder,
self.dynamic_size,
self.identical_element_shapes,
&self.element_shape,
self.t,
self.axis,
self.keepdims,
self.new_axis,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct TensorArrayBuilder<State>(State);
impl<
> TensorArrayBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dynamic_size<T0>(self, value: T0) -> TensorArrayBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<bool, bool>
{
TensorArrayBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dynamic_size_as_default(self) -> TensorArrayBuilder<(
::planus::DefaultValue,
)>
{
self.dynamic_size(::planus::DefaultValue)
}
}
impl<
T0,
> TensorArrayBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn identical_element_shapes<T1>(self, value: T1) -> TensorArrayBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;TensorArrayBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn identical_element_shapes_as_default(self) -> TensorArrayBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.identical_element_shapes(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> TensorArrayBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn element_shape<T2>(self, value: T2) -> TensorArrayBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
) = self.0;TensorArrayBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn element_shape_as_null(self) -> TensorArrayBuilder<(
T0,
T1,
(),
)>
{
self.element_shape(())
}
}
impl<
T0,
T1,
T2,
> TensorArrayBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T3>(self, value: T3) -> TensorArrayBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
v2,
) = self.0;TensorArrayBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> TensorArrayBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> TensorArrayBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T4>(self, value: T4) -> TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
) = self.0;TensorArrayBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> TensorArrayBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> TensorArrayBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn keepdims<T5>(self, value: T5) -> TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;TensorArrayBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn keepdims_as_default(self) -> TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.keepdims(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> TensorArrayBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn new_axis<T6>(self, value: T6) -> TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;TensorArrayBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn new_axis_as_default(self) -> TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.new_axis(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorArray>
where Self: ::planus::WriteAsOffset<TensorArray>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<TensorArray>> for TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<TensorArray>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorArray> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<TensorArray>> for TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<TensorArray>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TensorArray>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<TensorArray> for TensorArrayBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorArray> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = &self.0;TensorArray::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
)
}
}
#[derive(Copy, Clone)]
pub struct TensorArrayRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> TensorArrayRef<'a> {
#[inline]
pub fn dynamic_size(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(0, "TensorArray", "dynamic_size")
?.unwrap_or(false))
}
#[inline]
pub fn identical_element_shapes(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "TensorArray", "identical_element_shapes")
?.unwrap_or(false))
}
#[inline]
pub fn element_shape(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(2, "TensorArray", "element_shape")
}
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(3, "TensorArray", "t")
?.unwrap_or(self::DataType::DtFloat))
}
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "TensorArray", "axis")
?.unwrap_or(0))
}
#[inline]
pub fn keepdims(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(5, "TensorArray", "keepdims")
?.unwrap_or(true))
}
#[inline]
pub fn new_axis(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(6, "TensorArray", "new_axis")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for TensorArrayRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("TensorArrayRef");
f.field("dynamic_size", &self.dynamic_size());f.field("identical_element_shapes", &self.identical_element_shapes());if let ::core::option::Option::Some(field_element_shape) = self.element_shape().transpose() {
f.field("element_shape", &field_element_shape);
}f.field("t", &self.t());f.field("axis", &self.axis());f.field("keepdims", &self.keepdims());f.field("new_axis", &self.new_axis());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<TensorArrayRef<'a>> for TensorArray {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: TensorArrayRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
dynamic_size: ::core::convert::TryInto::try_into(value.dynamic_size()?)?,identical_element_shapes: ::core::convert::TryInto::try_into(value.identical_element_shapes()?)?,element_shape:
if let ::core::option::Option::Some(element_shape) = value.element_shape()? {
::core::option::Option::Some(element_shape.to_vec()?)
} else {
::core::option::Option::None
}
,t: ::core::convert::TryInto::try_into(value.t()?)?,axis: ::core::convert::TryInto::try_into(value.axis()?)?,keepdims: ::core::convert::TryInto::try_into(value.keepdims()?)?,new_axis: ::core::convert::TryInto::try_into(value.new_axis()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for TensorArrayRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for TensorArrayRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[TensorArrayRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<TensorArray>> for TensorArray {
type Value = ::planus::Offset<TensorArray>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<TensorArray>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for TensorArrayRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[TensorArrayRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct LstmBlockCell{
pub cell_clip: f32,
pub forget_bias: f32,
pub use_peephole: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for LstmBlockCell {
fn default() -> Self {
Self {
cell_clip: 3.0,
forget_bias: 1.0,
use_peephole: false,
}
}
}
impl LstmBlockCell {
#[inline]
pub fn builder() -> LstmBlockCellBuilder<()> {
LstmBlockCellBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_cell_clip: impl ::planus::WriteAsDefault<f32, f32>,
field_forget_bias: impl ::planus::WriteAsDefault<f32, f32>,
field_use_peephole: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_cell_clip = field_cell_clip.prepare(builder, &3.0);let prepared_forget_bias = field_forget_bias.prepare(builder, &1.0);let prepared_use_peephole = field_use_peephole.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_cell_clip.is_some() {table_writer.write_entry::<f32>(0);}if prepared_forget_bias.is_some() {table_writer.write_entry::<f32>(1);}if prepared_use_peephole.is_some() {table_writer.write_entry::<bool>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_cell_clip) = prepared_cell_clip {object_writer.write::<_, _, 4>(&prepared_cell_clip);}if let ::core::option::Option::Some(prepared_forget_bias) = prepared_forget_bias {object_writer.write::<_, _, 4>(&prepared_forget_bias);}if let ::core::option::Option::Some(prepared_use_peephole) = prepared_use_peephole {object_writer.write::<_, _, 1>(&prepared_use_peephole);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<LstmBlockCell>> for LstmBlockCell {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LstmBlockCell> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<LstmBlockCell>> for LstmBlockCell {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<LstmBlockCell>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<LstmBlockCell> for LstmBlockCell {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LstmBlockCell> {
LstmBlockCell::create(
builder,
self.cell_clip,
self.forget_bias,
self.use_peephole,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct LstmBlockCellBuilder<State>(State);
impl<
> LstmBlockCellBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn cell_clip<T0>(self, value: T0) -> LstmBlockCellBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
LstmBlockCellBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn cell_clip_as_default(self) -> LstmBlockCellBuilder<(
::planus::DefaultValue,
)>
{
self.cell_clip(::planus::DefaultValue)
}
}
impl<
T0,
> LstmBlockCellBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn forget_bias<T1>(self, value: T1) -> LstmBlockCellBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;LstmBlockCellBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn forget_bias_as_default(self) -> LstmBlockCellBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.forget_bias(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> LstmBlockCellBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn use_peephole<T2>(self, value: T2) -> LstmBlockCellBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;LstmBlockCellBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn use_peephole_as_default(self) -> LstmBlockCellBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.use_peephole(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> LstmBlockCellBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<LstmBlockCell>
where Self: ::planus::WriteAsOffset<LstmBlockCell>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<LstmBlockCell>> for LstmBlockCellBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<LstmBlockCell>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LstmBlockCell> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<LstmBlockCell>> for LstmBlockCellBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<LstmBlockCell>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<LstmBlockCell>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<LstmBlockCell> for LstmBlockCellBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LstmBlockCell> {
let (
v0,
v1,
v2,
) = &self.0;LstmBlockCell::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct LstmBlockCellRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> LstmBlockCellRef<'a> {
#[inline]
pub fn cell_clip(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "LstmBlockCell", "cell_clip")
?.unwrap_or(3.0))
}
#[inline]
pub fn forget_bias(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "LstmBlockCell", "forget_bias")
?.unwrap_or(1.0))
}
#[inline]
pub fn use_peephole(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "LstmBlockCell", "use_peephole")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for LstmBlockCellRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("LstmBlockCellRef");
f.field("cell_clip", &self.cell_clip());f.field("forget_bias", &self.forget_bias());f.field("use_peephole", &self.use_peephole());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<LstmBlockCellRef<'a>> for LstmBlockCell {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: LstmBlockCellRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
cell_clip: ::core::convert::TryInto::try_into(value.cell_clip()?)?,forget_bias: ::core::convert::TryInto::try_into(value.forget_bias()?)?,use_peephole: ::core::convert::TryInto::try_into(value.use_peephole()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for LstmBlockCellRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for LstmBlockCellRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[LstmBlockCellRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<LstmBlockCell>> for LstmBlockCell {
type Value = ::planus::Offset<LstmBlockCell>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<LstmBlockCell>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for LstmBlockCellRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[LstmBlockCellRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedParam{
pub zero_point: i32,
pub scale: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedParam {
fn default() -> Self {
Self {
zero_point: 0,
scale: 0.0,
}
}
}
impl QuantizedParam {
#[inline]
pub fn builder() -> QuantizedParamBuilder<()> {
QuantizedParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_zero_point: impl ::planus::WriteAsDefault<i32, i32>,
field_scale: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_zero_point = field_zero_point.prepare(builder, &0);let prepared_scale = field_scale.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_zero_point.is_some() {table_writer.write_entry::<i32>(0);}if prepared_scale.is_some() {table_writer.write_entry::<f32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_zero_point) = prepared_zero_point {object_writer.write::<_, _, 4>(&prepared_zero_point);}if let ::core::option::Option::Some(prepared_scale) = prepared_scale {object_writer.write::<_, _, 4>(&prepared_scale);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedParam>> for QuantizedParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedParam>> for QuantizedParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedParam> for QuantizedParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedParam> {
QuantizedParam::create(
builder,
self.zero_point,
self.scale,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedParamBuilder<State>(State);
impl<
> QuantizedParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn zero_point<T0>(self, value: T0) -> QuantizedParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
QuantizedParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn zero_point_as_default(self) -> QuantizedParamBuilder<(
::planus::DefaultValue,
)>
{
self.zero_point(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale<T1>(self, value: T1) -> QuantizedParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;QuantizedParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_as_default(self) -> QuantizedParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.scale(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizedParamBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedParam>
where Self: ::planus::WriteAsOffset<QuantizedParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<QuantizedParam>> for QuantizedParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedParam>> for QuantizedParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<QuantizedParam> for QuantizedParamBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedParam> {
let (
v0,
v1,
) = &self.0;QuantizedParam::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedParamRef<'a> {
#[inline]
pub fn zero_point(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedParam", "zero_point")
?.unwrap_or(0))
}
#[inline]
pub fn scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "QuantizedParam", "scale")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for QuantizedParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedParamRef");
f.field("zero_point", &self.zero_point());f.field("scale", &self.scale());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedParamRef<'a>> for QuantizedParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
zero_point: ::core::convert::TryInto::try_into(value.zero_point()?)?,scale: ::core::convert::TryInto::try_into(value.scale()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedParam>> for QuantizedParam {
type Value = ::planus::Offset<QuantizedParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum FusedActivation {
KTfLiteActNone = 0,
KTfLiteActRelu = 1,
KTfLiteActRelu1 = 2,
KTfLiteActRelu6 = 3,
KTfLiteActTanh = 4,
KTfLiteActSignBit = 5,
KTfLiteActSigmoid = 6,
}
impl FusedActivation {
pub const ENUM_VALUES: [Self; 7] = [Self::KTfLiteActNone,Self::KTfLiteActRelu,Self::KTfLiteActRelu1,Self::KTfLiteActRelu6,Self::KTfLiteActTanh,Self::KTfLiteActSignBit,Self::KTfLiteActSigmoid,];
}
impl ::core::convert::TryFrom<i8> for FusedActivation {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(FusedActivation::KTfLiteActNone),
1 => ::core::result::Result::Ok(FusedActivation::KTfLiteActRelu),
2 => ::core::result::Result::Ok(FusedActivation::KTfLiteActRelu1),
3 => ::core::result::Result::Ok(FusedActivation::KTfLiteActRelu6),
4 => ::core::result::Result::Ok(FusedActivation::KTfLiteActTanh),
5 => ::core::result::Result::Ok(FusedActivation::KTfLiteActSignBit),
6 => ::core::result::Result::Ok(FusedActivation::KTfLiteActSigmoid),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<FusedActivation> for i8 {
#[inline]
fn from(value: FusedActivation) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for FusedActivation {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<FusedActivation> for FusedActivation {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<FusedActivation> for FusedActivation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> FusedActivation {
*self
}
}
impl ::planus::WriteAsDefault<FusedActivation, FusedActivation> for FusedActivation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &FusedActivation) -> ::core::option::Option<FusedActivation> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<FusedActivation> for FusedActivation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<FusedActivation> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for FusedActivation {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for FusedActivation {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"FusedActivation",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<FusedActivation> for FusedActivation {
const STRIDE: usize = 1;
type Value = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
*self
}
#[inline]
unsafe fn write_values(
values: &[Self],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - i as u32,
);
}
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedAdd{
pub activation_type: self::FusedActivation,
pub input1_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,
pub input2_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,
pub output_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedAdd {
fn default() -> Self {
Self {
activation_type: self::FusedActivation::KTfLiteActNone,
input1_quantized_param: ::core::default::Default::default(),
input2_quantized_param: ::core::default::Default::default(),
output_quantized_param: ::core::default::Default::default(),
}
}
}
impl QuantizedAdd {
#[inline]
pub fn builder() -> QuantizedAddBuilder<()> {
QuantizedAddBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_activation_type: impl ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
field_input1_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
field_input2_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
field_output_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
) -> ::planus::Offset<Self> {let prepared_activation_type = field_activation_type.prepare(builder, &self::FusedActivation::KTfLiteActNone);let prepared_input1_quantized_param = field_input1_quantized_param.prepare(builder);let prepared_input2_quantized_param = field_input2_quantized_param.prepare(builder);let prepared_output_quantized_param = field_output_quantized_param.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_input1_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(1);}if prepared_input2_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(2);}if prepared_output_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(3);}if prepared_activation_type.is_some() {table_writer.write_entry::<self::FusedActivation>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_input1_quantized_param) = prepared_input1_quantized_param {object_writer.write::<_, _, 4>(&prepared_input1_quantized_param);}if let ::core::option::Option::Some(prepared_input2_quantized_param) = prepared_input2_quantized_param {object_writer.write::<_, _, 4>(&prepared_input2_quantized_param);}if let ::core::option::Option::Some(prepared_output_quantized_param) = prepared_output_quantized_param {object_writer.write::<_, _, 4>(&prepared_output_quantized_param);}if let ::core::option::Option::Some(prepared_activation_type) = prepared_activation_type {object_writer.write::<_, _, 1>(&prepared_activation_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedAdd>> for QuantizedAdd {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAdd> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedAdd>> for QuantizedAdd {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedAdd>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedAdd> for QuantizedAdd {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAdd> {
QuantizedAdd::create(
builder,
self.activation_type,
&self.input1_quantized_param,
&self.input2_quantized_param,
&self.output_quantized_param,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedAddBuilder<State>(State);
impl<
> QuantizedAddBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn activation_type<T0>(self, value: T0) -> QuantizedAddBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>
{
QuantizedAddBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn activation_type_as_default(self) -> QuantizedAddBuilder<(
::planus::DefaultValue,
)>
{
self.activation_type(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedAddBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input1_quantized_param<T1>(self, value: T1) -> QuantizedAddBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
) = self.0;QuantizedAddBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input1_quantized_param_as_null(self) -> QuantizedAddBuilder<(
T0,
(),
)>
{
self.input1_quantized_param(())
}
}
impl<
T0,
T1,
> QuantizedAddBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input2_quantized_param<T2>(self, value: T2) -> QuantizedAddBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
v1,
) = self.0;QuantizedAddBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input2_quantized_param_as_null(self) -> QuantizedAddBuilder<(
T0,
T1,
(),
)>
{
self.input2_quantized_param(())
}
}
impl<
T0,
T1,
T2,
> QuantizedAddBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quantized_param<T3>(self, value: T3) -> QuantizedAddBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
v1,
v2,
) = self.0;QuantizedAddBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quantized_param_as_null(self) -> QuantizedAddBuilder<(
T0,
T1,
T2,
(),
)>
{
self.output_quantized_param(())
}
}
impl<
T0,
T1,
T2,
T3,
> QuantizedAddBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAdd>
where Self: ::planus::WriteAsOffset<QuantizedAdd>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAs<::planus::Offset<QuantizedAdd>> for QuantizedAddBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<QuantizedAdd>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAdd> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedAdd>> for QuantizedAddBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<QuantizedAdd>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedAdd>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAsOffset<QuantizedAdd> for QuantizedAddBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAdd> {
let (
v0,
v1,
v2,
v3,
) = &self.0;QuantizedAdd::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedAddRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedAddRef<'a> {
#[inline]
pub fn activation_type(&self) -> ::planus::Result<self::FusedActivation> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedAdd", "activation_type")
?.unwrap_or(self::FusedActivation::KTfLiteActNone))
}
#[inline]
pub fn input1_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(1, "QuantizedAdd", "input1_quantized_param")
}
#[inline]
pub fn input2_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(2, "QuantizedAdd", "input2_quantized_param")
}
#[inline]
pub fn output_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(3, "QuantizedAdd", "output_quantized_param")
}
}
impl<'a> ::core::fmt::Debug for QuantizedAddRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedAddRef");
f.field("activation_type", &self.activation_type());if let ::core::option::Option::Some(field_input1_quantized_param) = self.input1_quantized_param().transpose() {
f.field("input1_quantized_param", &field_input1_quantized_param);
}if let ::core::option::Option::Some(field_input2_quantized_param) = self.input2_quantized_param().transpose() {
f.field("input2_quantized_param", &field_input2_quantized_param);
}if let ::core::option::Option::Some(field_output_quantized_param) = self.output_quantized_param().transpose() {
f.field("output_quantized_param", &field_output_quantized_param);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedAddRef<'a>> for QuantizedAdd {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedAddRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
activation_type: ::core::convert::TryInto::try_into(value.activation_type()?)?,input1_quantized_param:
if let ::core::option::Option::Some(input1_quantized_param) = value.input1_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(input1_quantized_param)?))
} else {
::core::option::Option::None
}
,input2_quantized_param:
if let ::core::option::Option::Some(input2_quantized_param) = value.input2_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(input2_quantized_param)?))
} else {
::core::option::Option::None
}
,output_quantized_param:
if let ::core::option::Option::Some(output_quantized_param) = value.output_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(output_quantized_param)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedAddRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedAddRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedAddRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedAdd>> for QuantizedAdd {
type Value = ::planus::Offset<QuantizedAdd>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedAdd>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedAddRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedAddRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum QuantizeMode {
MinCombined = 0,
MinFirst = 1,
Scaled = 2,
}
impl QuantizeMode {
pub const ENUM_VALUES: [Self; 3] = [Self::MinCombined,Self::MinFirst,Self::Scaled,];
}
impl ::core::convert::TryFrom<i8> for QuantizeMode {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(QuantizeMode::MinCombined),
1 => ::core::result::Result::Ok(QuantizeMode::MinFirst),
2 => ::core::result::Result::Ok(QuantizeMode::Scaled),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<QuantizeMode> for i8 {
#[inline]
fn from(value: QuantizeMode) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for QuantizeMode {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<QuantizeMode> for QuantizeMode {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<QuantizeMode> for QuantizeMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> QuantizeMode {
*self
}
}
impl ::planus::WriteAsDefault<QuantizeMode, QuantizeMode> for QuantizeMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &QuantizeMode) -> ::core::option::Option<QuantizeMode> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<QuantizeMode> for QuantizeMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<QuantizeMode> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for QuantizeMode {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for QuantizeMode {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"QuantizeMode",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<QuantizeMode> for QuantizeMode {
const STRIDE: usize = 1;
type Value = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
*self
}
#[inline]
unsafe fn write_values(
values: &[Self],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - i as u32,
);
}
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum ModeFormat {
Tensorflow = 0,
Tflite = 1,
}
impl ModeFormat {
pub const ENUM_VALUES: [Self; 2] = [Self::Tensorflow,Self::Tflite,];
}
impl ::core::convert::TryFrom<i8> for ModeFormat {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(ModeFormat::Tensorflow),
1 => ::core::result::Result::Ok(ModeFormat::Tflite),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<ModeFormat> for i8 {
#[inline]
fn from(value: ModeFormat) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for ModeFormat {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<ModeFormat> for ModeFormat {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<ModeFormat> for ModeFormat {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ModeFormat {
*self
}
}
impl ::planus::WriteAsDefault<ModeFormat, ModeFormat> for ModeFormat {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &ModeFormat) -> ::core::option::Option<ModeFormat> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<ModeFormat> for ModeFormat {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<ModeFormat> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for ModeFormat {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for ModeFormat {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"ModeFormat",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<ModeFormat> for ModeFormat {
const STRIDE: usize = 1;
type Value = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
*self
}
#[inline]
unsafe fn write_values(
values: &[Self],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - i as u32,
);
}
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Dequantize{
pub input_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,
pub mode: self::QuantizeMode,
pub model_format: self::ModeFormat,
pub type_: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Dequantize {
fn default() -> Self {
Self {
input_quantized_param: ::core::default::Default::default(),
mode: self::QuantizeMode::MinCombined,
model_format: self::ModeFormat::Tensorflow,
type_: self::DataType::DtInvalid,
}
}
}
impl Dequantize {
#[inline]
pub fn builder() -> DequantizeBuilder<()> {
DequantizeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_input_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
field_mode: impl ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>,
field_model_format: impl ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_input_quantized_param = field_input_quantized_param.prepare(builder);let prepared_mode = field_mode.prepare(builder, &self::QuantizeMode::MinCombined);let prepared_model_format = field_model_format.prepare(builder, &self::ModeFormat::Tensorflow);let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_input_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(0);}if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(3);}if prepared_mode.is_some() {table_writer.write_entry::<self::QuantizeMode>(1);}if prepared_model_format.is_some() {table_writer.write_entry::<self::ModeFormat>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_input_quantized_param) = prepared_input_quantized_param {object_writer.write::<_, _, 4>(&prepared_input_quantized_param);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_mode) = prepared_mode {object_writer.write::<_, _, 1>(&prepared_mode);}if let ::core::option::Option::Some(prepared_model_format) = prepared_model_format {object_writer.write::<_, _, 1>(&prepared_model_format);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Dequantize>> for Dequantize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Dequantize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Dequantize>> for Dequantize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Dequantize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Dequantize> for Dequantize {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Dequantize> {
Dequantize::create(
builder,
&self.input_quantized_param,
self.mode,
self.model_format,
self.type_,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct DequantizeBuilder<State>(State);
impl<
> DequantizeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quantized_param<T0>(self, value: T0) -> DequantizeBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
DequantizeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quantized_param_as_null(self) -> DequantizeBuilder<(
(),
)>
{
self.input_quantized_param(())
}
}
impl<
T0,
> DequantizeBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode<T1>(self, value: T1) -> DequantizeBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>
{
let (
v0,
) = self.0;DequantizeBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode_as_default(self) -> DequantizeBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.mode(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> DequantizeBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format<T2>(self, value: T2) -> DequantizeBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>
{
let (
v0,
v1,
) = self.0;DequantizeBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format_as_default(self) -> DequantizeBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.model_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> DequantizeBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T3>(self, value: T3) -> DequantizeBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
v2,
) = self.0;DequantizeBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> DequantizeBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> DequantizeBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Dequantize>
where Self: ::planus::WriteAsOffset<Dequantize>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T1: ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<Dequantize>> for DequantizeBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Dequantize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Dequantize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T1: ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<Dequantize>> for DequantizeBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Dequantize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Dequantize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T1: ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<Dequantize> for DequantizeBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Dequantize> {
let (
v0,
v1,
v2,
v3,
) = &self.0;Dequantize::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct DequantizeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> DequantizeRef<'a> {
#[inline]
pub fn input_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(0, "Dequantize", "input_quantized_param")
}
#[inline]
pub fn mode(&self) -> ::planus::Result<self::QuantizeMode> {
::core::result::Result::Ok(
self.0.access(1, "Dequantize", "mode")
?.unwrap_or(self::QuantizeMode::MinCombined))
}
#[inline]
pub fn model_format(&self) -> ::planus::Result<self::ModeFormat> {
::core::result::Result::Ok(
self.0.access(2, "Dequantize", "model_format")
?.unwrap_or(self::ModeFormat::Tensorflow))
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(3, "Dequantize", "type_")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for DequantizeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("DequantizeRef");
if let ::core::option::Option::Some(field_input_quantized_param) = self.input_quantized_param().transpose() {
f.field("input_quantized_param", &field_input_quantized_param);
}f.field("mode", &self.mode());f.field("model_format", &self.model_format());f.field("type_", &self.type_());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<DequantizeRef<'a>> for Dequantize {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: DequantizeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
input_quantized_param:
if let ::core::option::Option::Some(input_quantized_param) = value.input_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(input_quantized_param)?))
} else {
::core::option::Option::None
}
,mode: ::core::convert::TryInto::try_into(value.mode()?)?,model_format: ::core::convert::TryInto::try_into(value.model_format()?)?,type_: ::core::convert::TryInto::try_into(value.type_()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for DequantizeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for DequantizeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[DequantizeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Dequantize>> for Dequantize {
type Value = ::planus::Offset<Dequantize>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Dequantize>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for DequantizeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[DequantizeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedAvgPool{
pub kernel_x: i32,
pub kernel_y: i32,
pub model_format: self::ModeFormat,
pub output_activation_max: i32,
pub output_activation_min: i32,
pub pad_type: self::PoolPadType,
pub pad_x: i32,
pub pad_y: i32,
pub stride_x: i32,
pub stride_y: i32,
pub type_: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedAvgPool {
fn default() -> Self {
Self {
kernel_x: 0,
kernel_y: 0,
model_format: self::ModeFormat::Tensorflow,
output_activation_max: 0,
output_activation_min: 0,
pad_type: self::PoolPadType::Caffe,
pad_x: 0,
pad_y: 0,
stride_x: 0,
stride_y: 0,
type_: self::DataType::DtInvalid,
}
}
}
impl QuantizedAvgPool {
#[inline]
pub fn builder() -> QuantizedAvgPoolBuilder<()> {
QuantizedAvgPoolBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_kernel_x: impl ::planus::WriteAsDefault<i32, i32>,
field_kernel_y: impl ::planus::WriteAsDefault<i32, i32>,
field_model_format: impl ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
field_output_activation_max: impl ::planus::WriteAsDefault<i32, i32>,
field_output_activation_min: impl ::planus::WriteAsDefault<i32, i32>,
field_pad_type: impl ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
field_pad_x: impl ::planus::WriteAsDefault<i32, i32>,
field_pad_y: impl ::planus::WriteAsDefault<i32, i32>,
field_stride_x: impl ::planus::WriteAsDefault<i32, i32>,
field_stride_y: impl ::planus::WriteAsDefault<i32, i32>,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_kernel_x = field_kernel_x.prepare(builder, &0);let prepared_kernel_y = field_kernel_y.prepare(builder, &0);let prepared_model_format = field_model_format.prepare(builder, &self::ModeFormat::Tensorflow);let prepared_output_activation_max = field_output_activation_max.prepare(builder, &0);let prepared_output_activation_min = field_output_activation_min.prepare(builder, &0);let prepared_pad_type = field_pad_type.prepare(builder, &self::PoolPadType::Caffe);let prepared_pad_x = field_pad_x.prepare(builder, &0);let prepared_pad_y = field_pad_y.prepare(builder, &0);let prepared_stride_x = field_stride_x.prepare(builder, &0);let prepared_stride_y = field_stride_y.prepare(builder, &0);let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<26> = ::core::default::Default::default();
if prepared_kernel_x.is_some() {table_writer.write_entry::<i32>(0);}if prepared_kernel_y.is_some() {table_writer.write_entry::<i32>(1);}if prepared_output_activation_max.is_some() {table_writer.write_entry::<i32>(3);}if prepared_output_activation_min.is_some() {table_writer.write_entry::<i32>(4);}if prepared_pad_x.is_some() {table_writer.write_entry::<i32>(6);}if prepared_pad_y.is_some() {table_writer.write_entry::<i32>(7);}if prepared_stride_x.is_some() {table_writer.write_entry::<i32>(8);}if prepared_stride_y.is_some() {table_writer.write_entry::<i32>(9);}if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(10);}if prepared_model_format.is_some() {table_writer.write_entry::<self::ModeFormat>(2);}if prepared_pad_type.is_some() {table_writer.write_entry::<self::PoolPadType>(5);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_kernel_x) = prepared_kernel_x {object_writer.write::<_, _, 4>(&prepared_kernel_x);}if let ::core::option::Option::Some(prepared_kernel_y) = prepared_kernel_y {object_writer.write::<_, _, 4>(&prepared_kernel_y);}if let ::core::option::Option::Some(prepared_output_activation_max) = prepared_output_activation_max {object_writer.write::<_, _, 4>(&prepared_output_activation_max);}if let ::core::option::Option::Some(prepared_output_activation_min) = prepared_output_activation_min {object_writer.write::<_, _, 4>(&prepared_output_activation_min);}if let ::core::option::Option::Some(prepared_pad_x) = prepared_pad_x {object_writer.write::<_, _, 4>(&prepared_pad_x);}if let ::core::option::Option::Some(prepared_pad_y) = prepared_pad_y {object_writer.write::<_, _, 4>(&prepared_pad_y);}if let ::core::option::Option::Some(prepared_stride_x) = prepared_stride_x {object_writer.write::<_, _, 4>(&prepared_stride_x);}if let ::core::option::Option::Some(prepared_stride_y) = prepared_stride_y {object_writer.write::<_, _, 4>(&prepared_stride_y);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_model_format) = prepared_model_format {object_writer.write::<_, _, 1>(&prepared_model_format);}if let ::core::option::Option::Some(prepared_pad_type) = prepared_pad_type {object_writer.write::<_, _, 1>(&prepared_pad_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedAvgPool>> for QuantizedAvgPool {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAvgPool> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedAvgPool>> for QuantizedAvgPool {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedAvgPool>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedAvgPool> for QuantizedAvgPool {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAvgPool> {
QuantizedAvgPool::create(
builder,
self.kernel_x,
self.kernel_y,
self.model_format,
self.output_activation_max,
self.output_activation_min,
self.pad_type,
self.pad_x,
self.pad_y,
self.stride_x,
self.stride_y,
self.type_,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedAvgPoolBuilder<State>(State);
impl<
> QuantizedAvgPoolBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_x<T0>(self, value: T0) -> QuantizedAvgPoolBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
QuantizedAvgPoolBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_x_as_default(self) -> QuantizedAvgPoolBuilder<(
::planus::DefaultValue,
)>
{
self.kernel_x(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedAvgPoolBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_y<T1>(self, value: T1) -> QuantizedAvgPoolBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;QuantizedAvgPoolBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_y_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.kernel_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format<T2>(self, value: T2) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>
{
let (
v0,
v1,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.model_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_activation_max<T3>(self, value: T3) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_activation_max_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.output_activation_max(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_activation_min<T4>(self, value: T4) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_activation_min_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.output_activation_min(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_type<T5>(self, value: T5) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_type_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.pad_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_x<T6>(self, value: T6) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_x_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.pad_x(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_y<T7>(self, value: T7) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_y_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
::planus::DefaultValue,
)>
{
self.pad_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_x<T8>(self, value: T8) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)>
where T8: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_x_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
::planus::DefaultValue,
)>
{
self.stride_x(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_y<T9>(self, value: T9) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)>
where T9: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_y_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
::planus::DefaultValue,
)>
{
self.stride_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
> QuantizedAvgPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T10>(self, value: T10) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)>
where T10: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
) = self.0;QuantizedAvgPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
> QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAvgPool>
where Self: ::planus::WriteAsOffset<QuantizedAvgPool>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<QuantizedAvgPool>> for QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
type Prepared = ::planus::Offset<QuantizedAvgPool>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAvgPool> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedAvgPool>> for QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
type Prepared = ::planus::Offset<QuantizedAvgPool>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedAvgPool>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<QuantizedAvgPool> for QuantizedAvgPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedAvgPool> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
) = &self.0;QuantizedAvgPool::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedAvgPoolRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedAvgPoolRef<'a> {
#[inline]
pub fn kernel_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedAvgPool", "kernel_x")
?.unwrap_or(0))
}
#[inline]
pub fn kernel_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "QuantizedAvgPool", "kernel_y")
?.unwrap_or(0))
}
#[inline]
pub fn model_format(&self) -> ::planus::Result<self::ModeFormat> {
::core::result::Result::Ok(
self.0.access(2, "QuantizedAvgPool", "model_format")
?.unwrap_or(self::ModeFormat::Tensorflow))
}
#[inline]
pub fn output_activation_max(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "QuantizedAvgPool", "output_activation_max")
?.unwrap_or(0))
}
#[inline]
pub fn output_activation_min(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "QuantizedAvgPool", "output_activation_min")
?.unwrap_or(0))
}
#[inline]
pub fn pad_type(&self) -> ::planus::Result<self::PoolPadType> {
::core::result::Result::Ok(
self.0.access(5, "QuantizedAvgPool", "pad_type")
?.unwrap_or(self::PoolPadType::Caffe))
}
#[inline]
pub fn pad_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "QuantizedAvgPool", "pad_x")
?.unwrap_or(0))
}
#[inline]
pub fn pad_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(7, "QuantizedAvgPool", "pad_y")
?.unwrap_or(0))
}
#[inline]
pub fn stride_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(8, "QuantizedAvgPool", "stride_x")
?.unwrap_or(0))
}
#[inline]
pub fn stride_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(9, "QuantizedAvgPool", "stride_y")
?.unwrap_or(0))
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(10, "QuantizedAvgPool", "type_")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for QuantizedAvgPoolRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedAvgPoolRef");
f.field("kernel_x", &self.kernel_x());f.field("kernel_y", &self.kernel_y());f.field("model_format", &self.model_format());f.field("output_activation_max", &self.output_activation_max());f.field("output_activation_min", &self.output_activation_min());f.field("pad_type", &self.pad_type());f.field("pad_x", &self.pad_x());f.field("pad_y", &self.pad_y());f.field("stride_x", &self.stride_x());f.field("stride_y", &self.stride_y());f.field("type_", &self.type_());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedAvgPoolRef<'a>> for QuantizedAvgPool {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedAvgPoolRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
kernel_x: ::core::convert::TryInto::try_into(value.kernel_x()?)?,kernel_y: ::core::convert::TryInto::try_into(value.kernel_y()?)?,model_format: ::core::convert::TryInto::try_into(value.model_format()?)?,output_activation_max: ::core::convert::TryInto::try_into(value.output_activation_max()?)?,output_activation_min: ::core::convert::TryInto::try_into(value.output_activation_min()?)?,pad_type: ::core::convert::TryInto::try_into(value.pad_type()?)?,pad_x: ::core::convert::TryInto::try_into(value.pad_x()?)?,pad_y: ::core::convert::TryInto::try_into(value.pad_y()?)?,stride_x: ::core::convert::TryInto::try_into(value.stride_x()?)?,stride_y: ::core::convert::TryInto::try_into(value.stride_y()?)?,type_: ::core::convert::TryInto::try_into(value.type_()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedAvgPoolRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedAvgPoolRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedAvgPoolRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedAvgPool>> for QuantizedAvgPool {
type Value = ::planus::Offset<QuantizedAvgPool>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedAvgPool>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedAvgPoolRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedAvgPoolRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedBiasAdd{
pub bias: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub input_type: self::DataType,
pub max: i32,
pub min: i32,
pub output_type: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedBiasAdd {
fn default() -> Self {
Self {
bias: ::core::default::Default::default(),
input_type: self::DataType::DtInvalid,
max: 0,
min: 0,
output_type: self::DataType::DtInvalid,
}
}
}
impl QuantizedBiasAdd {
#[inline]
pub fn builder() -> QuantizedBiasAddBuilder<()> {
QuantizedBiasAddBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_bias: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_input_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_max: impl ::planus::WriteAsDefault<i32, i32>,
field_min: impl ::planus::WriteAsDefault<i32, i32>,
field_output_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_bias = field_bias.prepare(builder);let prepared_input_type = field_input_type.prepare(builder, &self::DataType::DtInvalid);let prepared_max = field_max.prepare(builder, &0);let prepared_min = field_min.prepare(builder, &0);let prepared_output_type = field_output_type.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_bias.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_input_type.is_some() {table_writer.write_entry::<self::DataType>(1);}if prepared_max.is_some() {table_writer.write_entry::<i32>(2);}if prepared_min.is_some() {table_writer.write_entry::<i32>(3);}if prepared_output_type.is_some() {table_writer.write_entry::<self::DataType>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}if let ::core::option::Option::Some(prepared_input_type) = prepared_input_type {object_writer.write::<_, _, 4>(&prepared_input_type);}if let ::core::option::Option::Some(prepared_max) = prepared_max {object_writer.write::<_, _, 4>(&prepared_max);}if let ::core::option::Option::Some(prepared_min) = prepared_min {object_writer.write::<_, _, 4>(&prepared_min);}if let ::core::option::Option::Some(prepared_output_type) = prepared_output_type {object_writer.write::<_, _, 4>(&prepared_output_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedBiasAdd>> for QuantizedBiasAdd {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedBiasAdd> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedBiasAdd>> for QuantizedBiasAdd {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedBiasAdd>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedBiasAdd> for QuantizedBiasAdd {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedBiasAdd> {
QuantizedBiasAdd::create(
builder,
&self.bias,
self.input_type,
self.max,
self.min,
self.output_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedBiasAddBuilder<State>(State);
impl<
> QuantizedBiasAddBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias<T0>(self, value: T0) -> QuantizedBiasAddBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
QuantizedBiasAddBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_as_null(self) -> QuantizedBiasAddBuilder<(
(),
)>
{
self.bias(())
}
}
impl<
T0,
> QuantizedBiasAddBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_type<T1>(self, value: T1) -> QuantizedBiasAddBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;QuantizedBiasAddBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_type_as_default(self) -> QuantizedBiasAddBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.input_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizedBiasAddBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn max<T2>(self, value: T2) -> QuantizedBiasAddBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;QuantizedBiasAddBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_as_default(self) -> QuantizedBiasAddBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.max(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> QuantizedBiasAddBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn min<T3>(self, value: T3) -> QuantizedBiasAddBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
) = self.0;QuantizedBiasAddBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn min_as_default(self) -> QuantizedBiasAddBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.min(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> QuantizedBiasAddBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_type<T4>(self, value: T4) -> QuantizedBiasAddBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
v2,
v3,
) = self.0;QuantizedBiasAddBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_type_as_default(self) -> QuantizedBiasAddBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.output_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> QuantizedBiasAddBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedBiasAdd>
where Self: ::planus::WriteAsOffset<QuantizedBiasAdd>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<QuantizedBiasAdd>> for QuantizedBiasAddBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<QuantizedBiasAdd>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedBiasAdd> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedBiasAdd>> for QuantizedBiasAddBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<QuantizedBiasAdd>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedBiasAdd>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<QuantizedBiasAdd> for QuantizedBiasAddBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedBiasAdd> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;QuantizedBiasAdd::create(
builder,
v0,
v1,
v2,
v3,
v4,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedBiasAddRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedBiasAddRef<'a> {
#[inline]
pub fn bias(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "QuantizedBiasAdd", "bias")
}
#[inline]
pub fn input_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "QuantizedBiasAdd", "input_type")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn max(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "QuantizedBiasAdd", "max")
?.unwrap_or(0))
}
#[inline]
pub fn min(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "QuantizedBiasAdd", "min")
?.unwrap_or(0))
}
#[inline]
pub fn output_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(4, "QuantizedBiasAdd", "output_type")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for QuantizedBiasAddRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedBiasAddRef");
if let ::core::option::Option::Some(field_bias) = self.bias().transpose() {
f.field("bias", &field_bias);
}f.field("input_type", &self.input_type());f.field("max", &self.max());f.field("min", &self.min());f.field("output_type", &self.output_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedBiasAddRef<'a>> for QuantizedBiasAdd {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedBiasAddRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
bias:
if let ::core::option::Option::Some(bias) = value.bias()? {
::core::option::Option::Some(bias.to_vec()?)
} else {
::core::option::Option::None
}
,input_type: ::core::convert::TryInto::try_into(value.input_type()?)?,max: ::core::convert::TryInto::try_into(value.max()?)?,min: ::core::convert::TryInto::try_into(value.min()?)?,output_type: ::core::convert::TryInto::try_into(value.output_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedBiasAddRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedBiasAddRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedBiasAddRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedBiasAdd>> for QuantizedBiasAdd {
type Value = ::planus::Offset<QuantizedBiasAdd>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedBiasAdd>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedBiasAddRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedBiasAddRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedConcat{
pub activation_type: self::FusedActivation,
pub axis: i32,
pub input_scale: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub input_zero_point: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub output_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedConcat {
fn default() -> Self {
Self {
activation_type: self::FusedActivation::KTfLiteActNone,
axis: 0,
input_scale: ::core::default::Default::default(),
input_zero_point: ::core::default::Default::default(),
output_quantized_param: ::core::default::Default::default(),
}
}
}
impl QuantizedConcat {
#[inline]
pub fn builder() -> QuantizedConcatBuilder<()> {
QuantizedConcatBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_activation_type: impl ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
field_input_scale: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_input_zero_point: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_output_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
) -> ::planus::Offset<Self> {let prepared_activation_type = field_activation_type.prepare(builder, &self::FusedActivation::KTfLiteActNone);let prepared_axis = field_axis.prepare(builder, &0);let prepared_input_scale = field_input_scale.prepare(builder);let prepared_input_zero_point = field_input_zero_point.prepare(builder);let prepared_output_quantized_param = field_output_quantized_param.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_axis.is_some() {table_writer.write_entry::<i32>(1);}if prepared_input_scale.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_input_zero_point.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(3);}if prepared_output_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(4);}if prepared_activation_type.is_some() {table_writer.write_entry::<self::FusedActivation>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_input_scale) = prepared_input_scale {object_writer.write::<_, _, 4>(&prepared_input_scale);}if let ::core::option::Option::Some(prepared_input_zero_point) = prepared_input_zero_point {object_writer.write::<_, _, 4>(&prepared_input_zero_point);}if let ::core::option::Option::Some(prepared_output_quantized_param) = prepared_output_quantized_param {object_writer.write::<_, _, 4>(&prepared_output_quantized_param);}if let ::core::option::Option::Some(prepared_activation_type) = prepared_activation_type {object_writer.write::<_, _, 1>(&prepared_activation_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedConcat>> for QuantizedConcat {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedConcat> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedConcat>> for QuantizedConcat {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedConcat>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedConcat> for QuantizedConcat {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedConcat> {
QuantizedConcat::create(
builder,
self.activation_type,
self.axis,
&self.input_scale,
&self.input_zero_point,
&self.output_quantized_param,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedConcatBuilder<State>(State);
impl<
> QuantizedConcatBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn activation_type<T0>(self, value: T0) -> QuantizedConcatBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>
{
QuantizedConcatBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn activation_type_as_default(self) -> QuantizedConcatBuilder<(
::planus::DefaultValue,
)>
{
self.activation_type(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedConcatBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T1>(self, value: T1) -> QuantizedConcatBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;QuantizedConcatBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> QuantizedConcatBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizedConcatBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_scale<T2>(self, value: T2) -> QuantizedConcatBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;QuantizedConcatBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_scale_as_null(self) -> QuantizedConcatBuilder<(
T0,
T1,
(),
)>
{
self.input_scale(())
}
}
impl<
T0,
T1,
T2,
> QuantizedConcatBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_zero_point<T3>(self, value: T3) -> QuantizedConcatBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
v2,
) = self.0;QuantizedConcatBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_zero_point_as_null(self) -> QuantizedConcatBuilder<(
T0,
T1,
T2,
(),
)>
{
self.input_zero_point(())
}
}
impl<
T0,
T1,
T2,
T3,
> QuantizedConcatBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quantized_param<T4>(self, value: T4) -> QuantizedConcatBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;QuantizedConcatBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quantized_param_as_null(self) -> QuantizedConcatBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.output_quantized_param(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> QuantizedConcatBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedConcat>
where Self: ::planus::WriteAsOffset<QuantizedConcat>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAs<::planus::Offset<QuantizedConcat>> for QuantizedConcatBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<QuantizedConcat>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedConcat> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedConcat>> for QuantizedConcatBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<QuantizedConcat>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedConcat>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAsOffset<QuantizedConcat> for QuantizedConcatBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedConcat> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;QuantizedConcat::create(
builder,
v0,
v1,
v2,
v3,
v4,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedConcatRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedConcatRef<'a> {
#[inline]
pub fn activation_type(&self) -> ::planus::Result<self::FusedActivation> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedConcat", "activation_type")
?.unwrap_or(self::FusedActivation::KTfLiteActNone))
}
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "QuantizedConcat", "axis")
?.unwrap_or(0))
}
#[inline]
pub fn input_scale(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "QuantizedConcat", "input_scale")
}
#[inline]
pub fn input_zero_point(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(3, "QuantizedConcat", "input_zero_point")
}
#[inline]
pub fn output_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(4, "QuantizedConcat", "output_quantized_param")
}
}
impl<'a> ::core::fmt::Debug for QuantizedConcatRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedConcatRef");
f.field("activation_type", &self.activation_type());f.field("axis", &self.axis());if let ::core::option::Option::Some(field_input_scale) = self.input_scale().transpose() {
f.field("input_scale", &field_input_scale);
}if let ::core::option::Option::Some(field_input_zero_point) = self.input_zero_point().transpose() {
f.field("input_zero_point", &field_input_zero_point);
}if let ::core::option::Option::Some(field_output_quantized_param) = self.output_quantized_param().transpose() {
f.field("output_quantized_param", &field_output_quantized_param);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedConcatRef<'a>> for QuantizedConcat {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedConcatRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
activation_type: ::core::convert::TryInto::try_into(value.activation_type()?)?,axis: ::core::convert::TryInto::try_into(value.axis()?)?,input_scale:
if let ::core::option::Option::Some(input_scale) = value.input_scale()? {
::core::option::Option::Some(input_scale.to_vec()?)
} else {
::core::option::Option::None
}
,input_zero_point:
if let ::core::option::Option::Some(input_zero_point) = value.input_zero_point()? {
::core::option::Option::Some(input_zero_point.to_vec()?)
} else {
::core::option::Option::None
}
,output_quantized_param:
if let ::core::option::Option::Some(output_quantized_param) = value.output_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(output_quantized_param)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedConcatRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedConcatRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedConcatRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedConcat>> for QuantizedConcat {
type Value = ::planus::Offset<QuantizedConcat>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedConcat>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedConcatRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedConcatRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedLogistic{
pub input_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,
pub output_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedLogistic {
fn default() -> Self {
Self {
input_quantized_param: ::core::default::Default::default(),
output_quantized_param: ::core::default::Default::default(),
}
}
}
impl QuantizedLogistic {
#[inline]
pub fn builder() -> QuantizedLogisticBuilder<()> {
QuantizedLogisticBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_input_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
field_output_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
) -> ::planus::Offset<Self> {let prepared_input_quantized_param = field_input_quantized_param.prepare(builder);let prepared_output_quantized_param = field_output_quantized_param.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_input_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(0);}if prepared_output_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_input_quantized_param) = prepared_input_quantized_param {object_writer.write::<_, _, 4>(&prepared_input_quantized_param);}if let ::core::option::Option::Some(prepared_output_quantized_param) = prepared_output_quantized_param {object_writer.write::<_, _, 4>(&prepared_output_quantized_param);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedLogistic>> for QuantizedLogistic {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedLogistic> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedLogistic>> for QuantizedLogistic {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedLogistic>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedLogistic> for QuantizedLogistic {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedLogistic> {
QuantizedLogistic::create(
builder,
&self.input_quantized_param,
&self.output_quantized_param,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedLogisticBuilder<State>(State);
impl<
> QuantizedLogisticBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quantized_param<T0>(self, value: T0) -> QuantizedLogisticBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
QuantizedLogisticBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quantized_param_as_null(self) -> QuantizedLogisticBuilder<(
(),
)>
{
self.input_quantized_param(())
}
}
impl<
T0,
> QuantizedLogisticBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quantized_param<T1>(self, value: T1) -> QuantizedLogisticBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
) = self.0;QuantizedLogisticBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quantized_param_as_null(self) -> QuantizedLogisticBuilder<(
T0,
(),
)>
{
self.output_quantized_param(())
}
}
impl<
T0,
T1,
> QuantizedLogisticBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedLogistic>
where Self: ::planus::WriteAsOffset<QuantizedLogistic>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAs<::planus::Offset<QuantizedLogistic>> for QuantizedLogisticBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedLogistic>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedLogistic> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedLogistic>> for QuantizedLogisticBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedLogistic>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedLogistic>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAsOffset<QuantizedLogistic> for QuantizedLogisticBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedLogistic> {
let (
v0,
v1,
) = &self.0;QuantizedLogistic::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedLogisticRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedLogisticRef<'a> {
#[inline]
pub fn input_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(0, "QuantizedLogistic", "input_quantized_param")
}
#[inline]
pub fn output_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(1, "QuantizedLogistic", "output_quantized_param")
}
}
impl<'a> ::core::fmt::Debug for QuantizedLogisticRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedLogisticRef");
if let ::core::option::Option::Some(field_input_quantized_param) = self.input_quantized_param().transpose() {
f.field("input_quantized_param", &field_input_quantized_param);
}if let ::core::option::Option::Some(field_output_quantized_param) = self.output_quantized_param().transpose() {
f.field("output_quantized_param", &field_output_quantized_param);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedLogisticRef<'a>> for QuantizedLogistic {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedLogisticRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
input_quantized_param:
if let ::core::option::Option::Some(input_quantized_param) = value.input_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(input_quantized_param)?))
} else {
::core::option::Option::None
}
,output_quantized_param:
if let ::core::option::Option::Some(output_quantized_param) = value.output_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(output_quantized_param)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedLogisticRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedLogisticRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedLogisticRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedLogistic>> for QuantizedLogistic {
type Value = ::planus::Offset<QuantizedLogistic>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedLogistic>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedLogisticRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedLogisticRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedMatMul{
pub transpose_a: bool,
pub transpose_b: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedMatMul {
fn default() -> Self {
Self {
transpose_a: false,
transpose_b: false,
}
}
}
impl QuantizedMatMul {
#[inline]
pub fn builder() -> QuantizedMatMulBuilder<()> {
QuantizedMatMulBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_transpose_a: impl ::planus::WriteAsDefault<bool, bool>,
field_transpose_b: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_transpose_a = field_transpose_a.prepare(builder, &false);let prepared_transpose_b = field_transpose_b.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_transpose_a.is_some() {table_writer.write_entry::<bool>(0);}if prepared_transpose_b.is_some() {table_writer.write_entry::<bool>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_transpose_a) = prepared_transpose_a {object_writer.write::<_, _, 1>(&prepared_transpose_a);}if let ::core::option::Option::Some(prepared_transpose_b) = prepared_transpose_b {object_writer.write::<_, _, 1>(&prepared_transpose_b);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedMatMul>> for QuantizedMatMul {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMatMul> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedMatMul>> for QuantizedMatMul {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedMatMul>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedMatMul> for QuantizedMatMul {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMatMul> {
QuantizedMatMul::create(
builder,
self.transpose_a,
self.transpose_b,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedMatMulBuilder<State>(State);
impl<
> QuantizedMatMulBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn transpose_a<T0>(self, value: T0) -> QuantizedMatMulBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<bool, bool>
{
QuantizedMatMulBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn transpose_a_as_default(self) -> QuantizedMatMulBuilder<(
::planus::DefaultValue,
)>
{
self.transpose_a(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedMatMulBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn transpose_b<T1>(self, value: T1) -> QuantizedMatMulBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;QuantizedMatMulBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn transpose_b_as_default(self) -> QuantizedMatMulBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.transpose_b(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizedMatMulBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMatMul>
where Self: ::planus::WriteAsOffset<QuantizedMatMul>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<QuantizedMatMul>> for QuantizedMatMulBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedMatMul>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMatMul> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedMatMul>> for QuantizedMatMulBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedMatMul>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedMatMul>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<QuantizedMatMul> for QuantizedMatMulBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMatMul> {
let (
v0,
v1,
) = &self.0;QuantizedMatMul::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedMatMulRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedMatMulRef<'a> {
#[inline]
pub fn transpose_a(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedMatMul", "transpose_a")
?.unwrap_or(false))
}
#[inline]
pub fn transpose_b(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "QuantizedMatMul", "transpose_b")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for QuantizedMatMulRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedMatMulRef");
f.field("transpose_a", &self.transpose_a());f.field("transpose_b", &self.transpose_b());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedMatMulRef<'a>> for QuantizedMatMul {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedMatMulRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
transpose_a: ::core::convert::TryInto::try_into(value.transpose_a()?)?,transpose_b: ::core::convert::TryInto::try_into(value.transpose_b()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedMatMulRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedMatMulRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedMatMulRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedMatMul>> for QuantizedMatMul {
type Value = ::planus::Offset<QuantizedMatMul>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedMatMul>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedMatMulRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedMatMulRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedMaxPool{
pub kernel_x: i32,
pub kernel_y: i32,
pub model_format: self::ModeFormat,
pub output_activation_max: i32,
pub output_activation_min: i32,
pub pad_type: self::PoolPadType,
pub pad_x: i32,
pub pad_y: i32,
pub stride_x: i32,
pub stride_y: i32,
pub type_: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedMaxPool {
fn default() -> Self {
Self {
kernel_x: 0,
kernel_y: 0,
model_format: self::ModeFormat::Tensorflow,
output_activation_max: 0,
output_activation_min: 0,
pad_type: self::PoolPadType::Caffe,
pad_x: 0,
pad_y: 0,
stride_x: 0,
stride_y: 0,
type_: self::DataType::DtInvalid,
}
}
}
impl QuantizedMaxPool {
#[inline]
pub fn builder() -> QuantizedMaxPoolBuilder<()> {
QuantizedMaxPoolBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_kernel_x: impl ::planus::WriteAsDefault<i32, i32>,
field_kernel_y: impl ::planus::WriteAsDefault<i32, i32>,
field_model_format: impl ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
field_output_activation_max: impl ::planus::WriteAsDefault<i32, i32>,
field_output_activation_min: impl ::planus::WriteAsDefault<i32, i32>,
field_pad_type: impl ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
field_pad_x: impl ::planus::WriteAsDefault<i32, i32>,
field_pad_y: impl ::planus::WriteAsDefault<i32, i32>,
field_stride_x: impl ::planus::WriteAsDefault<i32, i32>,
field_stride_y: impl ::planus::WriteAsDefault<i32, i32>,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_kernel_x = field_kernel_x.prepare(builder, &0);let prepared_kernel_y = field_kernel_y.prepare(builder, &0);let prepared_model_format = field_model_format.prepare(builder, &self::ModeFormat::Tensorflow);let prepared_output_activation_max = field_output_activation_max.prepare(builder, &0);let prepared_output_activation_min = field_output_activation_min.prepare(builder, &0);let prepared_pad_type = field_pad_type.prepare(builder, &self::PoolPadType::Caffe);let prepared_pad_x = field_pad_x.prepare(builder, &0);let prepared_pad_y = field_pad_y.prepare(builder, &0);let prepared_stride_x = field_stride_x.prepare(builder, &0);let prepared_stride_y = field_stride_y.prepare(builder, &0);let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<26> = ::core::default::Default::default();
if prepared_kernel_x.is_some() {table_writer.write_entry::<i32>(0);}if prepared_kernel_y.is_some() {table_writer.write_entry::<i32>(1);}if prepared_output_activation_max.is_some() {table_writer.write_entry::<i32>(3);}if prepared_output_activation_min.is_some() {table_writer.write_entry::<i32>(4);}if prepared_pad_x.is_some() {table_writer.write_entry::<i32>(6);}if prepared_pad_y.is_some() {table_writer.write_entry::<i32>(7);}if prepared_stride_x.is_some() {table_writer.write_entry::<i32>(8);}if prepared_stride_y.is_some() {table_writer.write_entry::<i32>(9);}if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(10);}if prepared_model_format.is_some() {table_writer.write_entry::<self::ModeFormat>(2);}if prepared_pad_type.is_some() {table_writer.write_entry::<self::PoolPadType>(5);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_kernel_x) = prepared_kernel_x {object_writer.write::<_, _, 4>(&prepared_kernel_x);}if let ::core::option::Option::Some(prepared_kernel_y) = prepared_kernel_y {object_writer.write::<_, _, 4>(&prepared_kernel_y);}if let ::core::option::Option::Some(prepared_output_activation_max) = prepared_output_activation_max {object_writer.write::<_, _, 4>(&prepared_output_activation_max);}if let ::core::option::Option::Some(prepared_output_activation_min) = prepared_output_activation_min {object_writer.write::<_, _, 4>(&prepared_output_activation_min);}if let ::core::option::Option::Some(prepared_pad_x) = prepared_pad_x {object_writer.write::<_, _, 4>(&prepared_pad_x);}if let ::core::option::Option::Some(prepared_pad_y) = prepared_pad_y {object_writer.write::<_, _, 4>(&prepared_pad_y);}if let ::core::option::Option::Some(prepared_stride_x) = prepared_stride_x {object_writer.write::<_, _, 4>(&prepared_stride_x);}if let ::core::option::Option::Some(prepared_stride_y) = prepared_stride_y {object_writer.write::<_, _, 4>(&prepared_stride_y);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_model_format) = prepared_model_format {object_writer.write::<_, _, 1>(&prepared_model_format);}if let ::core::option::Option::Some(prepared_pad_type) = prepared_pad_type {object_writer.write::<_, _, 1>(&prepared_pad_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedMaxPool>> for QuantizedMaxPool {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMaxPool> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedMaxPool>> for QuantizedMaxPool {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedMaxPool>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedMaxPool> for QuantizedMaxPool {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMaxPool> {
QuantizedMaxPool::create(
builder,
self.kernel_x,
self.kernel_y,
self.model_format,
self.output_activation_max,
self.output_activation_min,
self.pad_type,
self.pad_x,
self.pad_y,
self.stride_x,
self.stride_y,
self.type_,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedMaxPoolBuilder<State>(State);
impl<
> QuantizedMaxPoolBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_x<T0>(self, value: T0) -> QuantizedMaxPoolBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
QuantizedMaxPoolBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_x_as_default(self) -> QuantizedMaxPoolBuilder<(
::planus::DefaultValue,
)>
{
self.kernel_x(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedMaxPoolBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_y<T1>(self, value: T1) -> QuantizedMaxPoolBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;QuantizedMaxPoolBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_y_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.kernel_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format<T2>(self, value: T2) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>
{
let (
v0,
v1,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.model_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_activation_max<T3>(self, value: T3) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_activation_max_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.output_activation_max(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_activation_min<T4>(self, value: T4) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_activation_min_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.output_activation_min(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_type<T5>(self, value: T5) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_type_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.pad_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_x<T6>(self, value: T6) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_x_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.pad_x(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_y<T7>(self, value: T7) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_y_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
::planus::DefaultValue,
)>
{
self.pad_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_x<T8>(self, value: T8) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)>
where T8: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_x_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
::planus::DefaultValue,
)>
{
self.stride_x(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_y<T9>(self, value: T9) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)>
where T9: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_y_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
::planus::DefaultValue,
)>
{
self.stride_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
> QuantizedMaxPoolBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T10>(self, value: T10) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)>
where T10: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
) = self.0;QuantizedMaxPoolBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
> QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMaxPool>
where Self: ::planus::WriteAsOffset<QuantizedMaxPool>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<QuantizedMaxPool>> for QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
type Prepared = ::planus::Offset<QuantizedMaxPool>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMaxPool> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedMaxPool>> for QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
type Prepared = ::planus::Offset<QuantizedMaxPool>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedMaxPool>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<QuantizedMaxPool> for QuantizedMaxPoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedMaxPool> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
) = &self.0;QuantizedMaxPool::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedMaxPoolRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedMaxPoolRef<'a> {
#[inline]
pub fn kernel_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedMaxPool", "kernel_x")
?.unwrap_or(0))
}
#[inline]
pub fn kernel_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "QuantizedMaxPool", "kernel_y")
?.unwrap_or(0))
}
#[inline]
pub fn model_format(&self) -> ::planus::Result<self::ModeFormat> {
::core::result::Result::Ok(
self.0.access(2, "QuantizedMaxPool", "model_format")
?.unwrap_or(self::ModeFormat::Tensorflow))
}
#[inline]
pub fn output_activation_max(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "QuantizedMaxPool", "output_activation_max")
?.unwrap_or(0))
}
#[inline]
pub fn output_activation_min(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "QuantizedMaxPool", "output_activation_min")
?.unwrap_or(0))
}
#[inline]
pub fn pad_type(&self) -> ::planus::Result<self::PoolPadType> {
::core::result::Result::Ok(
self.0.access(5, "QuantizedMaxPool", "pad_type")
?.unwrap_or(self::PoolPadType::Caffe))
}
#[inline]
pub fn pad_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "QuantizedMaxPool", "pad_x")
?.unwrap_or(0))
}
#[inline]
pub fn pad_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(7, "QuantizedMaxPool", "pad_y")
?.unwrap_or(0))
}
#[inline]
pub fn stride_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(8, "QuantizedMaxPool", "stride_x")
?.unwrap_or(0))
}
#[inline]
pub fn stride_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(9, "QuantizedMaxPool", "stride_y")
?.unwrap_or(0))
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(10, "QuantizedMaxPool", "type_")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for QuantizedMaxPoolRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedMaxPoolRef");
f.field("kernel_x", &self.kernel_x());f.field("kernel_y", &self.kernel_y());f.field("model_format", &self.model_format());f.field("output_activation_max", &self.output_activation_max());f.field("output_activation_min", &self.output_activation_min());f.field("pad_type", &self.pad_type());f.field("pad_x", &self.pad_x());f.field("pad_y", &self.pad_y());f.field("stride_x", &self.stride_x());f.field("stride_y", &self.stride_y());f.field("type_", &self.type_());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedMaxPoolRef<'a>> for QuantizedMaxPool {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedMaxPoolRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
kernel_x: ::core::convert::TryInto::try_into(value.kernel_x()?)?,kernel_y: ::core::convert::TryInto::try_into(value.kernel_y()?)?,model_format: ::core::convert::TryInto::try_into(value.model_format()?)?,output_activation_max: ::core::convert::TryInto::try_into(value.output_activation_max()?)?,output_activation_min: ::core::convert::TryInto::try_into(value.output_activation_min()?)?,pad_type: ::core::convert::TryInto::try_into(value.pad_type()?)?,pad_x: ::core::convert::TryInto::try_into(value.pad_x()?)?,pad_y: ::core::convert::TryInto::try_into(value.pad_y()?)?,stride_x: ::core::convert::TryInto::try_into(value.stride_x()?)?,stride_y: ::core::convert::TryInto::try_into(value.stride_y()?)?,type_: ::core::convert::TryInto::try_into(value.type_()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedMaxPoolRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedMaxPoolRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedMaxPoolRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedMaxPool>> for QuantizedMaxPool {
type Value = ::planus::Offset<QuantizedMaxPool>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedMaxPool>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedMaxPoolRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedMaxPoolRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedRelu{
pub type_: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedRelu {
fn default() -> Self {
Self {
type_: self::DataType::DtInvalid,
}
}
}
impl QuantizedRelu {
#[inline]
pub fn builder() -> QuantizedReluBuilder<()> {
QuantizedReluBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedRelu>> for QuantizedRelu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedRelu>> for QuantizedRelu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedRelu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedRelu> for QuantizedRelu {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu> {
QuantizedRelu::create(
builder,
self.type_,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedReluBuilder<State>(State);
impl<
> QuantizedReluBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T0>(self, value: T0) -> QuantizedReluBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
QuantizedReluBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> QuantizedReluBuilder<(
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedReluBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu>
where Self: ::planus::WriteAsOffset<QuantizedRelu>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<QuantizedRelu>> for QuantizedReluBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<QuantizedRelu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedRelu>> for QuantizedReluBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<QuantizedRelu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedRelu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<QuantizedRelu> for QuantizedReluBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu> {
let (
v0,
) = &self.0;QuantizedRelu::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedReluRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedReluRef<'a> {
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedRelu", "type_")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for QuantizedReluRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedReluRef");
f.field("type_", &self.type_());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedReluRef<'a>> for QuantizedRelu {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedReluRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
type_: ::core::convert::TryInto::try_into(value.type_()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedReluRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedReluRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedReluRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedRelu>> for QuantizedRelu {
type Value = ::planus::Offset<QuantizedRelu>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedRelu>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedReluRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedReluRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedRelu6{
pub type_: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedRelu6 {
fn default() -> Self {
Self {
type_: self::DataType::DtInvalid,
}
}
}
impl QuantizedRelu6 {
#[inline]
pub fn builder() -> QuantizedRelu6Builder<()> {
QuantizedRelu6Builder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedRelu6>> for QuantizedRelu6 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu6> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedRelu6>> for QuantizedRelu6 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedRelu6>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedRelu6> for QuantizedRelu6 {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu6> {
QuantizedRelu6::create(
builder,
self.type_,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedRelu6Builder<State>(State);
impl<
> QuantizedRelu6Builder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T0>(self, value: T0) -> QuantizedRelu6Builder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
QuantizedRelu6Builder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> QuantizedRelu6Builder<(
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedRelu6Builder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu6>
where Self: ::planus::WriteAsOffset<QuantizedRelu6>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<QuantizedRelu6>> for QuantizedRelu6Builder<(
T0,
)> {
type Prepared = ::planus::Offset<QuantizedRelu6>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu6> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedRelu6>> for QuantizedRelu6Builder<(
T0,
)> {
type Prepared = ::planus::Offset<QuantizedRelu6>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedRelu6>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<QuantizedRelu6> for QuantizedRelu6Builder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedRelu6> {
let (
v0,
) = &self.0;QuantizedRelu6::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedRelu6Ref<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedRelu6Ref<'a> {
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedRelu6", "type_")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for QuantizedRelu6Ref<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedRelu6Ref");
f.field("type_", &self.type_());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedRelu6Ref<'a>> for QuantizedRelu6 {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedRelu6Ref<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
type_: ::core::convert::TryInto::try_into(value.type_()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedRelu6Ref<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedRelu6Ref<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedRelu6Ref]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedRelu6>> for QuantizedRelu6 {
type Value = ::planus::Offset<QuantizedRelu6>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedRelu6>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedRelu6Ref<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedRelu6Ref]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedReshape{
pub dims: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub model_format: self::ModeFormat,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedReshape {
fn default() -> Self {
Self {
dims: ::core::default::Default::default(),
model_format: self::ModeFormat::Tensorflow,
}
}
}
impl QuantizedReshape {
#[inline]
pub fn builder() -> QuantizedReshapeBuilder<()> {
QuantizedReshapeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_dims: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_model_format: impl ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
) -> ::planus::Offset<Self> {let prepared_dims = field_dims.prepare(builder);let prepared_model_format = field_model_format.prepare(builder, &self::ModeFormat::Tensorflow);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_dims.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_model_format.is_some() {table_writer.write_entry::<self::ModeFormat>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_dims) = prepared_dims {object_writer.write::<_, _, 4>(&prepared_dims);}if let ::core::option::Option::Some(prepared_model_format) = prepared_model_format {object_writer.write::<_, _, 1>(&prepared_model_format);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedReshape>> for QuantizedReshape {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedReshape> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedReshape>> for QuantizedReshape {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedReshape>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedReshape> for QuantizedReshape {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedReshape> {
QuantizedReshape::create(
builder,
&self.dims,
self.model_format,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedReshapeBuilder<State>(State);
impl<
> QuantizedReshapeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims<T0>(self, value: T0) -> QuantizedReshapeBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
QuantizedReshapeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims_as_null(self) -> QuantizedReshapeBuilder<(
(),
)>
{
self.dims(())
}
}
impl<
T0,
> QuantizedReshapeBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format<T1>(self, value: T1) -> QuantizedReshapeBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>
{
let (
v0,
) = self.0;QuantizedReshapeBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format_as_default(self) -> QuantizedReshapeBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.model_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizedReshapeBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedReshape>
where Self: ::planus::WriteAsOffset<QuantizedReshape>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
> ::planus::WriteAs<::planus::Offset<QuantizedReshape>> for QuantizedReshapeBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedReshape>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedReshape> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedReshape>> for QuantizedReshapeBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedReshape>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedReshape>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
> ::planus::WriteAsOffset<QuantizedReshape> for QuantizedReshapeBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedReshape> {
let (
v0,
v1,
) = &self.0;QuantizedReshape::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedReshapeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedReshapeRef<'a> {
#[inline]
pub fn dims(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "QuantizedReshape", "dims")
}
#[inline]
pub fn model_format(&self) -> ::planus::Result<self::ModeFormat> {
::core::result::Result::Ok(
self.0.access(1, "QuantizedReshape", "model_format")
?.unwrap_or(self::ModeFormat::Tensorflow))
}
}
impl<'a> ::core::fmt::Debug for QuantizedReshapeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedReshapeRef");
if let ::core::option::Option::Some(field_dims) = self.dims().transpose() {
f.field("dims", &field_dims);
}f.field("model_format", &self.model_format());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedReshapeRef<'a>> for QuantizedReshape {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedReshapeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
dims:
if let ::core::option::Option::Some(dims) = value.dims()? {
::core::option::Option::Some(dims.to_vec()?)
} else {
::core::option::Option::None
}
,model_format: ::core::convert::TryInto::try_into(value.model_format()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedReshapeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedReshapeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedReshapeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedReshape>> for QuantizedReshape {
type Value = ::planus::Offset<QuantizedReshape>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedReshape>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedReshapeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedReshapeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizedSoftmax{
pub beta: f32,
pub input_scale: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedSoftmax {
fn default() -> Self {
Self {
beta: 0.0,
input_scale: 0.0,
}
}
}
impl QuantizedSoftmax {
#[inline]
pub fn builder() -> QuantizedSoftmaxBuilder<()> {
QuantizedSoftmaxBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_beta: impl ::planus::WriteAsDefault<f32, f32>,
field_input_scale: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_beta = field_beta.prepare(builder, &0.0);let prepared_input_scale = field_input_scale.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_beta.is_some() {table_writer.write_entry::<f32>(0);}if prepared_input_scale.is_some() {table_writer.write_entry::<f32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_beta) = prepared_beta {object_writer.write::<_, _, 4>(&prepared_beta);}if let ::core::option::Option::Some(prepared_input_scale) = prepared_input_scale {object_writer.write::<_, _, 4>(&prepared_input_scale);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedSoftmax>> for QuantizedSoftmax {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedSoftmax> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedSoftmax>> for QuantizedSoftmax {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedSoftmax>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedSoftmax> for QuantizedSoftmax {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedSoftmax> {
QuantizedSoftmax::create(
builder,
self.beta,
self.input_scale,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedSoftmaxBuilder<State>(State);
impl<
> QuantizedSoftmaxBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn beta<T0>(self, value: T0) -> QuantizedSoftmaxBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
QuantizedSoftmaxBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn beta_as_default(self) -> QuantizedSoftmaxBuilder<(
::planus::DefaultValue,
)>
{
self.beta(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizedSoftmaxBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_scale<T1>(self, value: T1) -> QuantizedSoftmaxBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;QuantizedSoftmaxBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_scale_as_default(self) -> QuantizedSoftmaxBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.input_scale(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizedSoftmaxBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedSoftmax>
where Self: ::planus::WriteAsOffset<QuantizedSoftmax>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<QuantizedSoftmax>> for QuantizedSoftmaxBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedSoftmax>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedSoftmax> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedSoftmax>> for QuantizedSoftmaxBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<QuantizedSoftmax>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedSoftmax>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<QuantizedSoftmax> for QuantizedSoftmaxBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedSoftmax> {
let (
v0,
v1,
) = &self.0;QuantizedSoftmax::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedSoftmaxRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedSoftmaxRef<'a> {
#[inline]
pub fn beta(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "QuantizedSoftmax", "beta")
?.unwrap_or(0.0))
}
#[inline]
pub fn input_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "QuantizedSoftmax", "input_scale")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for QuantizedSoftmaxRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedSoftmaxRef");
f.field("beta", &self.beta());f.field("input_scale", &self.input_scale());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedSoftmaxRef<'a>> for QuantizedSoftmax {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedSoftmaxRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
beta: ::core::convert::TryInto::try_into(value.beta()?)?,input_scale: ::core::convert::TryInto::try_into(value.input_scale()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedSoftmaxRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedSoftmaxRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedSoftmaxRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedSoftmax>> for QuantizedSoftmax {
type Value = ::planus::Offset<QuantizedSoftmax>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedSoftmax>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedSoftmaxRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedSoftmaxRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum QuantizeRoundMode {
HalfAwayFromZero = 0,
HalfToEven = 1,
}
impl QuantizeRoundMode {
pub const ENUM_VALUES: [Self; 2] = [Self::HalfAwayFromZero,Self::HalfToEven,];
}
impl ::core::convert::TryFrom<i8> for QuantizeRoundMode {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(QuantizeRoundMode::HalfAwayFromZero),
1 => ::core::result::Result::Ok(QuantizeRoundMode::HalfToEven),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<QuantizeRoundMode> for i8 {
#[inline]
fn from(value: QuantizeRoundMode) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for QuantizeRoundMode {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<QuantizeRoundMode> for QuantizeRoundMode {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<QuantizeRoundMode> for QuantizeRoundMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> QuantizeRoundMode {
*self
}
}
impl ::planus::WriteAsDefault<QuantizeRoundMode, QuantizeRoundMode> for QuantizeRoundMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &QuantizeRoundMode) -> ::core::option::Option<QuantizeRoundMode> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<QuantizeRoundMode> for QuantizeRoundMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<QuantizeRoundMode> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for QuantizeRoundMode {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for QuantizeRoundMode {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"QuantizeRoundMode",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<QuantizeRoundMode> for QuantizeRoundMode {
const STRIDE: usize = 1;
type Value = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
*self
}
#[inline]
unsafe fn write_values(
values: &[Self],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - i as u32,
);
}
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct QuantizeV2{
pub type_: self::DataType,
pub mode: self::QuantizeMode,
pub round_mode: self::QuantizeRoundMode,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizeV2 {
fn default() -> Self {
Self {
type_: self::DataType::DtInvalid,
mode: self::QuantizeMode::MinCombined,
round_mode: self::QuantizeRoundMode::HalfAwayFromZero,
}
}
}
impl QuantizeV2 {
#[inline]
pub fn builder() -> QuantizeV2Builder<()> {
QuantizeV2Builder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_mode: impl ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>,
field_round_mode: impl ::planus::WriteAsDefault<self::QuantizeRoundMode, self::QuantizeRoundMode>,
) -> ::planus::Offset<Self> {let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtInvalid);let prepared_mode = field_mode.prepare(builder, &self::QuantizeMode::MinCombined);let prepared_round_mode = field_round_mode.prepare(builder, &self::QuantizeRoundMode::HalfAwayFromZero);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_mode.is_some() {table_writer.write_entry::<self::QuantizeMode>(1);}if prepared_round_mode.is_some() {table_writer.write_entry::<self::QuantizeRoundMode>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_mode) = prepared_mode {object_writer.write::<_, _, 1>(&prepared_mode);}if let ::core::option::Option::Some(prepared_round_mode) = prepared_round_mode {object_writer.write::<_, _, 1>(&prepared_round_mode);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizeV2>> for QuantizeV2 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeV2> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizeV2>> for QuantizeV2 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizeV2>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizeV2> for QuantizeV2 {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeV2> {
QuantizeV2::create(
builder,
self.type_,
self.mode,
self.round_mode,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizeV2Builder<State>(State);
impl<
> QuantizeV2Builder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T0>(self, value: T0) -> QuantizeV2Builder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
QuantizeV2Builder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> QuantizeV2Builder<(
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
> QuantizeV2Builder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode<T1>(self, value: T1) -> QuantizeV2Builder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>
{
let (
v0,
) = self.0;QuantizeV2Builder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode_as_default(self) -> QuantizeV2Builder<(
T0,
::planus::DefaultValue,
)>
{
self.mode(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> QuantizeV2Builder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn round_mode<T2>(self, value: T2) -> QuantizeV2Builder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::QuantizeRoundMode, self::QuantizeRoundMode>
{
let (
v0,
v1,
) = self.0;QuantizeV2Builder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn round_mode_as_default(self) -> QuantizeV2Builder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.round_mode(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> QuantizeV2Builder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeV2>
where Self: ::planus::WriteAsOffset<QuantizeV2>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>,
T2: ::planus::WriteAsDefault<self::QuantizeRoundMode, self::QuantizeRoundMode>,
> ::planus::WriteAs<::planus::Offset<QuantizeV2>> for QuantizeV2Builder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<QuantizeV2>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeV2> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>,
T2: ::planus::WriteAsDefault<self::QuantizeRoundMode, self::QuantizeRoundMode>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizeV2>> for QuantizeV2Builder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<QuantizeV2>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizeV2>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::QuantizeMode, self::QuantizeMode>,
T2: ::planus::WriteAsDefault<self::QuantizeRoundMode, self::QuantizeRoundMode>,
> ::planus::WriteAsOffset<QuantizeV2> for QuantizeV2Builder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizeV2> {
let (
v0,
v1,
v2,
) = &self.0;QuantizeV2::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizeV2Ref<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizeV2Ref<'a> {
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "QuantizeV2", "type_")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn mode(&self) -> ::planus::Result<self::QuantizeMode> {
::core::result::Result::Ok(
self.0.access(1, "QuantizeV2", "mode")
?.unwrap_or(self::QuantizeMode::MinCombined))
}
#[inline]
pub fn round_mode(&self) -> ::planus::Result<self::QuantizeRoundMode> {
::core::result::Result::Ok(
self.0.access(2, "QuantizeV2", "round_mode")
?.unwrap_or(self::QuantizeRoundMode::HalfAwayFromZero))
}
}
impl<'a> ::core::fmt::Debug for QuantizeV2Ref<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizeV2Ref");
f.field("type_", &self.type_());f.field("mode", &self.mode());f.field("round_mode", &self.round_mode());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizeV2Ref<'a>> for QuantizeV2 {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizeV2Ref<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
type_: ::core::convert::TryInto::try_into(value.type_()?)?,mode: ::core::convert::TryInto::try_into(value.mode()?)?,round_mode: ::core::convert::TryInto::try_into(value.round_mode()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizeV2Ref<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizeV2Ref<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizeV2Ref]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizeV2>> for QuantizeV2 {
type Value = ::planus::Offset<QuantizeV2>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizeV2>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for QuantizeV2Ref<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizeV2Ref]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct RequantizationRange{
}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for RequantizationRange {
fn default() -> Self {
Self {
}
}
}
impl RequantizationRange {
#[inline]
pub fn builder() -> RequantizationRangeBuilder<()> {
RequantizationRangeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
) -> ::planus::Offset<Self> {
let table_writer: ::planus::table_writer::TableWriter::<4> = ::core::default::Default::default();
unsafe {
table_writer.finish(builder, |_table_writer| {});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<RequantizationRange>> for RequantizationRange {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RequantizationRange> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<RequantizationRange>> for RequantizationRange {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RequantizationRange>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<RequantizationRange> for RequantizationRange {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RequantizationRange> {
RequantizationRange::create(
builder,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RequantizationRangeBuilder<State>(State);
impl<
> RequantizationRangeBuilder<(
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<RequantizationRange>
where Self: ::planus::WriteAsOffset<RequantizationRange>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
> ::planus::WriteAs<::planus::Offset<RequantizationRange>> for RequantizationRangeBuilder<(
)> {
type Prepared = ::planus::Offset<RequantizationRange>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RequantizationRange> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
> ::planus::WriteAsOptional<::planus::Offset<RequantizationRange>> for RequantizationRangeBuilder<(
)> {
type Prepared = ::planus::Offset<RequantizationRange>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RequantizationRange>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
> ::planus::WriteAsOffset<RequantizationRange> for RequantizationRangeBuilder<(
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RequantizationRange> {
RequantizationRange::create(
builder,
)
}
}
#[derive(Copy, Clone)]
pub struct RequantizationRangeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RequantizationRangeRef<'a> {
}
impl<'a> ::core::fmt::Debug for RequantizationRangeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RequantizationRangeRef");
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RequantizationRangeRef<'a>> for RequantizationRange {
type Error = ::planus::Error;
fn try_from(_value: RequantizationRangeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
})
}
}
impl<'a> ::planus::TableRead<'a> for RequantizationRangeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RequantizationRangeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RequantizationRangeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<RequantizationRange>> for RequantizationRange {
type Value = ::planus::Offset<RequantizationRange>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<RequantizationRange>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for RequantizationRangeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RequantizationRangeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Requantize{
}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Requantize {
fn default() -> Self {
Self {
}
}
}
impl Requantize {
#[inline]
pub fn builder() -> RequantizeBuilder<()> {
RequantizeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
) -> ::planus::Offset<Self> {
let table_writer: ::planus::table_writer::TableWriter::<4> = ::core::default::Default::default();
unsafe {
table_writer.finish(builder, |_table_writer| {});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Requantize>> for Requantize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Requantize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Requantize>> for Requantize {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Requantize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Requantize> for Requantize {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Requantize> {
Requantize::create(
builder,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RequantizeBuilder<State>(State);
impl<
> RequantizeBuilder<(
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Requantize>
where Self: ::planus::WriteAsOffset<Requantize>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
> ::planus::WriteAs<::planus::Offset<Requantize>> for RequantizeBuilder<(
)> {
type Prepared = ::planus::Offset<Requantize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Requantize> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
> ::planus::WriteAsOptional<::planus::Offset<Requantize>> for RequantizeBuilder<(
)> {
type Prepared = ::planus::Offset<Requantize>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Requantize>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
> ::planus::WriteAsOffset<Requantize> for RequantizeBuilder<(
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Requantize> {
Requantize::create(
builder,
)
}
}
#[derive(Copy, Clone)]
pub struct RequantizeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RequantizeRef<'a> {
}
impl<'a> ::core::fmt::Debug for RequantizeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RequantizeRef");
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RequantizeRef<'a>> for Requantize {
type Error = ::planus::Error;
fn try_from(_value: RequantizeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
})
}
}
impl<'a> ::planus::TableRead<'a> for RequantizeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RequantizeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RequantizeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Requantize>> for Requantize {
type Value = ::planus::Offset<Requantize>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Requantize>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for RequantizeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RequantizeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct TfQuantizedConv2D{
pub bias: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub biasflag: bool,
pub common: ::core::option::Option<::planus::alloc::boxed::Box<self::Convolution2DCommon>>,
pub weight: ::core::option::Option<::planus::alloc::vec::Vec<u8>>,
pub activation_type: self::FusedActivation,
pub multiplier: i32,
pub out_max: i32,
pub out_min: i32,
pub shift: i32,
pub bias_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,
pub depth_multiplier: i32,
pub filter_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,
pub input_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,
pub model_format: self::ModeFormat,
pub output_quantized_param: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedParam>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for TfQuantizedConv2D {
fn default() -> Self {
Self {
bias: ::core::default::Default::default(),
biasflag: false,
common: ::core::default::Default::default(),
weight: ::core::default::Default::default(),
activation_type: self::FusedActivation::KTfLiteActNone,
multiplier: 0,
out_max: 0,
out_min: 0,
shift: 0,
bias_quantized_param: ::core::default::Default::default(),
depth_multiplier: 0,
filter_quantized_param: ::core::default::Default::default(),
input_quantized_param: ::core::default::Default::default(),
model_format: self::ModeFormat::Tensorflow,
output_quantized_param: ::core::default::Default::default(),
}
}
}
impl TfQuantizedConv2D {
#[inline]
pub fn builder() -> TfQuantizedConv2DBuilder<()> {
TfQuantizedConv2DBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_bias: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_biasflag: impl ::planus::WriteAsDefault<bool, bool>,
field_common: impl ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>,
field_weight: impl ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
field_activation_type: impl ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
field_multiplier: impl ::planus::WriteAsDefault<i32, i32>,
field_out_max: impl ::planus::WriteAsDefault<i32, i32>,
field_out_min: impl ::planus::WriteAsDefault<i32, i32>,
field_shift: impl ::planus::WriteAsDefault<i32, i32>,
field_bias_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
field_depth_multiplier: impl ::planus::WriteAsDefault<i32, i32>,
field_filter_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
field_input_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
field_model_format: impl ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
field_output_quantized_param: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
) -> ::planus::Offset<Self> {let prepared_bias = field_bias.prepare(builder);let prepared_biasflag = field_biasflag.prepare(builder, &false);let prepared_common = field_common.prepare(builder);let prepared_weight = field_weight.prepare(builder);let prepared_activation_type = field_activation_type.prepare(builder, &self::FusedActivation::KTfLiteActNone);let prepared_multiplier = field_multiplier.prepare(builder, &0);let prepared_out_max = field_out_max.prepare(builder, &0);let prepared_out_min = field_out_min.prepare(builder, &0);let prepared_shift = field_shift.prepare(builder, &0);let prepared_bias_quantized_param = field_bias_quantized_param.prepare(builder);let prepared_depth_multiplier = field_depth_multiplier.prepare(builder, &0);let prepared_filter_quantized_param = field_filter_quantized_param.prepare(builder);let prepared_input_quantized_param = field_input_quantized_param.prepare(builder);let prepared_model_format = field_model_format.prepare(builder, &self::ModeFormat::Tensorflow);let prepared_output_quantized_param = field_output_quantized_param.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<34> = ::core::default::Default::default();
if prepared_bias.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_common.is_some() {table_writer.write_entry::<::planus::Offset<self::Convolution2DCommon>>(2);}if prepared_weight.is_some() {table_writer.write_entry::<::planus::Offset<[u8]>>(3);}if prepared_multiplier.is_some() {table_writer.write_entry::<i32>(5);}if prepared_out_max.is_some() {table_writer.write_entry::<i32>(6);}if prepared_out_min.is_some() {table_writer.write_entry::<i32>(7);}if prepared_shift.is_some() {table_writer.write_entry::<i32>(8);}if prepared_bias_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(9);}if prepared_depth_multiplier.is_some() {table_writer.write_entry::<i32>(10);}if prepared_filter_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(11);}if prepared_input_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(12);}if prepared_output_quantized_param.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedParam>>(14);}if prepared_biasflag.is_some() {table_writer.write_entry::<bool>(1);}if prepared_activation_type.is_some() {table_writer.write_entry::<self::FusedActivation>(4);}if prepared_model_format.is_some() {table_writer.write_entry::<self::ModeFormat>(13);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}if let ::core::option::Option::Some(prepared_common) = prepared_common {object_writer.write::<_, _, 4>(&prepared_common);}if let ::core::option::Option::Some(prepared_weight) = prepared_weight {object_writer.write::<_, _, 4>(&prepared_weight);}if let ::core::option::Option::Some(prepared_multiplier) = prepared_multiplier {object_writer.write::<_, _, 4>(&prepared_multiplier);}if let ::core::option::Option::Some(prepared_out_max) = prepared_out_max {object_writer.write::<_, _, 4>(&prepared_out_max);}if let ::core::option::Option::Some(prepared_out_min) = prepared_out_min {object_writer.write::<_, _, 4>(&prepared_out_min);}if let ::core::option::Option::Some(prepared_shift) = prepared_shift {object_writer.write::<_, _, 4>(&prepared_shift);}if let ::core::option::Option::Some(prepared_bias_quantized_param) = prepared_bias_quantized_param {object_writer.write::<_, _, 4>(&prepared_bias_quantized_param);}if let ::core::option::Option::Some(prepared_depth_multiplier) = prepared_depth_multiplier {object_writer.write::<_, _, 4>(&prepared_depth_multiplier);}if let ::core::option::Option::Some(prepared_filter_quantized_param) = prepared_filter_quantized_param {object_writer.write::<_, _, 4>(&prepared_filter_quantized_param);}if let ::core::option::Option::Some(prepared_input_quantized_param) = prepared_input_quantized_param {object_writer.write::<_, _, 4>(&prepared_input_quantized_param);}if let ::core::option::Option::Some(prepared_output_quantized_param) = prepared_output_quantized_param {object_writer.write::<_, _, 4>(&prepared_output_quantized_param);}if let ::core::option::Option::Some(prepared_biasflag) = prepared_biasflag {object_writer.write::<_, _, 1>(&prepared_biasflag);}if let ::core::option::Option::Some(prepared_activation_type) = prepared_activation_type {object_writer.write::<_, _, 1>(&prepared_activation_type);}if let ::core::option::Option::Some(prepared_model_format) = prepared_model_format {object_writer.write::<_, _, 1>(&prepared_model_format);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<TfQuantizedConv2D>> for TfQuantizedConv2D {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TfQuantizedConv2D> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<TfQuantizedConv2D>> for TfQuantizedConv2D {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TfQuantizedConv2D>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<TfQuantizedConv2D> for TfQuantizedConv2D {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TfQuantizedConv2D> {
TfQuantizedConv2D::create(
builder,
&self.bias,
self.biasflag,
&self.common,
&self.weight,
self.activation_type,
self.multiplier,
self.out_max,
self.out_min,
self.shift,
&self.bias_quantized_param,
self.depth_multiplier,
&self.filter_quantized_param,
&self.input_quantized_param,
self.model_format,
&self.output_quantized_param,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct TfQuantizedConv2DBuilder<State>(State);
impl<
> TfQuantizedConv2DBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias<T0>(self, value: T0) -> TfQuantizedConv2DBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
TfQuantizedConv2DBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_as_null(self) -> TfQuantizedConv2DBuilder<(
(),
)>
{
self.bias(())
}
}
impl<
T0,
> TfQuantizedConv2DBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn biasflag<T1>(self, value: T1) -> TfQuantizedConv2DBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;TfQuantizedConv2DBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn biasflag_as_default(self) -> TfQuantizedConv2DBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.biasflag(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn common<T2>(self, value: T2) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>
{
let (
v0,
v1,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn common_as_null(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
(),
)>
{
self.common(())
}
}
impl<
T0,
T1,
T2,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight<T3>(self, value: T3) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>
{
let (
v0,
v1,
v2,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_as_null(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
(),
)>
{
self.weight(())
}
}
impl<
T0,
T1,
T2,
T3,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn activation_type<T4>(self, value: T4) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>
{
let (
v0,
v1,
v2,
v3,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn activation_type_as_default(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.activation_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn multiplier<T5>(self, value: T5) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn multiplier_as_default(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.multiplier(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn out_max<T6>(self, value: T6) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn out_max_as_default(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.out_max(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn out_min<T7>(self, value: T7) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn out_min_as_default(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
::planus::DefaultValue,
)>
{
self.out_min(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn shift<T8>(self, value: T8) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)>
where T8: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn shift_as_default(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
::planus::DefaultValue,
)>
{
self.shift(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_quantized_param<T9>(self, value: T9) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)>
where T9: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_quantized_param_as_null(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
(),
)>
{
self.bias_quantized_param(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn depth_multiplier<T10>(self, value: T10) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)>
where T10: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn depth_multiplier_as_default(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
::planus::DefaultValue,
)>
{
self.depth_multiplier(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn filter_quantized_param<T11>(self, value: T11) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)>
where T11: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn filter_quantized_param_as_null(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
(),
)>
{
self.filter_quantized_param(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quantized_param<T12>(self, value: T12) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
)>
where T12: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_quantized_param_as_null(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
(),
)>
{
self.input_quantized_param(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format<T13>(self, value: T13) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
)>
where T13: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn model_format_as_default(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
::planus::DefaultValue,
)>
{
self.model_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
> TfQuantizedConv2DBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quantized_param<T14>(self, value: T14) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
T14,
)>
where T14: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
v13,
) = self.0;TfQuantizedConv2DBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
v13,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_quantized_param_as_null(self) -> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
(),
)>
{
self.output_quantized_param(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
T14,
> TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
T14,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<TfQuantizedConv2D>
where Self: ::planus::WriteAsOffset<TfQuantizedConv2D>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T10: ::planus::WriteAsDefault<i32, i32>,
T11: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T12: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T13: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T14: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAs<::planus::Offset<TfQuantizedConv2D>> for TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
T14,
)> {
type Prepared = ::planus::Offset<TfQuantizedConv2D>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TfQuantizedConv2D> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T10: ::planus::WriteAsDefault<i32, i32>,
T11: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T12: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T13: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T14: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAsOptional<::planus::Offset<TfQuantizedConv2D>> for TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
T14,
)> {
type Prepared = ::planus::Offset<TfQuantizedConv2D>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TfQuantizedConv2D>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsDefault<self::FusedActivation, self::FusedActivation>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T10: ::planus::WriteAsDefault<i32, i32>,
T11: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T12: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
T13: ::planus::WriteAsDefault<self::ModeFormat, self::ModeFormat>,
T14: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedParam>>,
> ::planus::WriteAsOffset<TfQuantizedConv2D> for TfQuantizedConv2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
T12,
T13,
T14,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TfQuantizedConv2D> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
v13,
v14,
) = &self.0;TfQuantizedConv2D::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
v12,
v13,
v14,
)
}
}
#[derive(Copy, Clone)]
pub struct TfQuantizedConv2DRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> TfQuantizedConv2DRef<'a> {
#[inline]
pub fn bias(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "TfQuantizedConv2D", "bias")
}
#[inline]
pub fn biasflag(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "TfQuantizedConv2D", "biasflag")
?.unwrap_or(false))
}
#[inline]
pub fn common(&self) -> ::planus::Result<::core::option::Option<self::Convolution2DCommonRef<'a>>> {
self.0.access(2, "TfQuantizedConv2D", "common")
}
#[inline]
pub fn weight(&self) -> ::planus::Result<::core::option::Option<&'a [u8]>> {
self.0.access(3, "TfQuantizedConv2D", "weight")
}
#[inline]
pub fn activation_type(&self) -> ::planus::Result<self::FusedActivation> {
::core::result::Result::Ok(
self.0.access(4, "TfQuantizedConv2D", "activation_type")
?.unwrap_or(self::FusedActivation::KTfLiteActNone))
}
#[inline]
pub fn multiplier(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "TfQuantizedConv2D", "multiplier")
?.unwrap_or(0))
}
#[inline]
pub fn out_max(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "TfQuantizedConv2D", "out_max")
?.unwrap_or(0))
}
#[inline]
pub fn out_min(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(7, "TfQuantizedConv2D", "out_min")
?.unwrap_or(0))
}
#[inline]
pub fn shift(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(8, "TfQuantizedConv2D", "shift")
?.unwrap_or(0))
}
#[inline]
pub fn bias_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(9, "TfQuantizedConv2D", "bias_quantized_param")
}
#[inline]
pub fn depth_multiplier(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(10, "TfQuantizedConv2D", "depth_multiplier")
?.unwrap_or(0))
}
#[inline]
pub fn filter_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(11, "TfQuantizedConv2D", "filter_quantized_param")
}
#[inline]
pub fn input_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(12, "TfQuantizedConv2D", "input_quantized_param")
}
#[inline]
pub fn model_format(&self) -> ::planus::Result<self::ModeFormat> {
::core::result::Result::Ok(
self.0.access(13, "TfQuantizedConv2D", "model_format")
?.unwrap_or(self::ModeFormat::Tensorflow))
}
#[inline]
pub fn output_quantized_param(&self) -> ::planus::Result<::core::option::Option<self::QuantizedParamRef<'a>>> {
self.0.access(14, "TfQuantizedConv2D", "output_quantized_param")
}
}
impl<'a> ::core::fmt::Debug for TfQuantizedConv2DRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("TfQuantizedConv2DRef");
if let ::core::option::Option::Some(field_bias) = self.bias().transpose() {
f.field("bias", &field_bias);
}f.field("biasflag", &self.biasflag());if let ::core::option::Option::Some(field_common) = self.common().transpose() {
f.field("common", &field_common);
}if let ::core::option::Option::Some(field_weight) = self.weight().transpose() {
f.field("weight", &field_weight);
}f.field("activation_type", &self.activation_type());f.field("multiplier", &self.multiplier());f.field("out_max", &self.out_max());f.field("out_min", &self.out_min());f.field("shift", &self.shift());if let ::core::option::Option::Some(field_bias_quantized_param) = self.bias_quantized_param().transpose() {
f.field("bias_quantized_param", &field_bias_quantized_param);
}f.field("depth_multiplier", &self.depth_multiplier());if let ::core::option::Option::Some(field_filter_quantized_param) = self.filter_quantized_param().transpose() {
f.field("filter_quantized_param", &field_filter_quantized_param);
}if let ::core::option::Option::Some(field_input_quantized_param) = self.input_quantized_param().transpose() {
f.field("input_quantized_param", &field_input_quantized_param);
}f.field("model_format", &self.model_format());if let ::core::option::Option::Some(field_output_quantized_param) = self.output_quantized_param().transpose() {
f.field("output_quantized_param", &field_output_quantized_param);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<TfQuantizedConv2DRef<'a>> for TfQuantizedConv2D {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: TfQuantizedConv2DRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
bias:
if let ::core::option::Option::Some(bias) = value.bias()? {
::core::option::Option::Some(bias.to_vec()?)
} else {
::core::option::Option::None
}
,biasflag: ::core::convert::TryInto::try_into(value.biasflag()?)?,common:
if let ::core::option::Option::Some(common) = value.common()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(common)?))
} else {
::core::option::Option::None
}
,weight: value.weight()?.map(|v| v.to_vec()),activation_type: ::core::convert::TryInto::try_into(value.activation_type()?)?,multiplier: ::core::convert::TryInto::try_into(value.multiplier()?)?,out_max: ::core::convert::TryInto::try_into(value.out_max()?)?,out_min: ::core::convert::TryInto::try_into(value.out_min()?)?,shift: ::core::convert::TryInto::try_into(value.shift()?)?,bias_quantized_param:
if let ::core::option::Option::Some(bias_quantized_param) = value.bias_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(bias_quantized_param)?))
} else {
::core::option::Option::None
}
,depth_multiplier: ::core::convert::TryInto::try_into(value.depth_multiplier()?)?,filter_quantized_param:
if let ::core::option::Option::Some(filter_quantized_param) = value.filter_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(filter_quantized_param)?))
} else {
::core::option::Option::None
}
,input_quantized_param:
if let ::core::option::Option::Some(input_quantized_param) = value.input_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(input_quantized_param)?))
} else {
::core::option::Option::None
}
,model_format: ::core::convert::TryInto::try_into(value.model_format()?)?,output_quantized_param:
if let ::core::option::Option::Some(output_quantized_param) = value.output_quantized_param()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(output_quantized_param)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for TfQuantizedConv2DRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for TfQuantizedConv2DRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[TfQuantizedConv2DRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<TfQuantizedConv2D>> for TfQuantizedConv2D {
type Value = ::planus::Offset<TfQuantizedConv2D>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<TfQuantizedConv2D>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for TfQuantizedConv2DRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[TfQuantizedConv2DRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum FilterType {
Nearest = 0,
Bilinear = 1,
Bicubic = 2,
}
impl FilterType {
pub const ENUM_VALUES: [Self; 3] = [Self::Nearest,Self::Bilinear,Self::Bicubic,];
}
impl ::core::convert::TryFrom<i8> for FilterType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(FilterType::Nearest),
1 => ::core::result::Result::Ok(FilterType::Bilinear),
2 => ::core::result::Result::Ok(FilterType::Bicubic),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<FilterType> for i8 {
#[inline]
fn from(value: FilterType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for FilterType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<FilterType> for FilterType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<FilterType> for FilterType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> FilterType {
*self
}
}
impl ::planus::WriteAsDefault<FilterType, FilterType> for FilterType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &FilterType) -> ::core::option::Option<FilterType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<FilterType> for FilterType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<FilterType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for FilterType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for FilterType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"FilterType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<FilterType> for FilterType {
const STRIDE: usize = 1;
type Value = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
*self
}
#[inline]
unsafe fn write_values(
values: &[Self],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - i as u32,
);
}
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i32)]pub enum ImageFormatType {
Rgba = 0,
Rgb = 1,
Bgr = 2,
Gray = 3,
Bgra = 4,
YCrCb = 5,
Yuv = 6,
Hsv = 7,
Xyz = 8,
Bgr555 = 9,
Bgr565 = 10,
YuvNv21 = 11,
YuvNv12 = 12,
YuvI420 = 13,
HsvFull = 14,
}
impl ImageFormatType {
pub const ENUM_VALUES: [Self; 15] = [Self::Rgba,Self::Rgb,Self::Bgr,Self::Gray,Self::Bgra,Self::YCrCb,Self::Yuv,Self::Hsv,Self::Xyz,Self::Bgr555,Self::Bgr565,Self::YuvNv21,Self::YuvNv12,Self::YuvI420,Self::HsvFull,];
}
impl ::core::convert::TryFrom<i32> for ImageFormatType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i32) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(ImageFormatType::Rgba),
1 => ::core::result::Result::Ok(ImageFormatType::Rgb),
2 => ::core::result::Result::Ok(ImageFormatType::Bgr),
3 => ::core::result::Result::Ok(ImageFormatType::Gray),
4 => ::core::result::Result::Ok(ImageFormatType::Bgra),
5 => ::core::result::Result::Ok(ImageFormatType::YCrCb),
6 => ::core::result::Result::Ok(ImageFormatType::Yuv),
7 => ::core::result::Result::Ok(ImageFormatType::Hsv),
8 => ::core::result::Result::Ok(ImageFormatType::Xyz),
9 => ::core::result::Result::Ok(ImageFormatType::Bgr555),
10 => ::core::result::Result::Ok(ImageFormatType::Bgr565),
11 => ::core::result::Result::Ok(ImageFormatType::YuvNv21),
12 => ::core::result::Result::Ok(ImageFormatType::YuvNv12),
13 => ::core::result::Result::Ok(ImageFormatType::YuvI420),
14 => ::core::result::Result::Ok(ImageFormatType::HsvFull),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<ImageFormatType> for i32 {
#[inline]
fn from(value: ImageFormatType) -> Self {
value as i32
}
}
unsafe impl ::planus::Primitive for ImageFormatType {
const ALIGNMENT: usize = 4;
const SIZE: usize = 4;
}
impl ::planus::WriteAsPrimitive<ImageFormatType> for ImageFormatType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i32).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<ImageFormatType> for ImageFormatType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ImageFormatType {
*self
}
}
impl ::planus::WriteAsDefault<ImageFormatType, ImageFormatType> for ImageFormatType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &ImageFormatType) -> ::core::option::Option<ImageFormatType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<ImageFormatType> for ImageFormatType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<ImageFormatType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for ImageFormatType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i32 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for ImageFormatType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 4;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { <i32 as ::planus::VectorRead>::from_buffer(buffer, offset) };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"ImageFormatType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<ImageFormatType> for ImageFormatType {
const STRIDE: usize = 4;
type Value = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
*self
}
#[inline]
unsafe fn write_values(
values: &[Self],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (4 * i) as u32,
);
}
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum WrapType {
ClampToEdge = 0,
Zero = 1,
Repeat = 2,
}
impl WrapType {
pub const ENUM_VALUES: [Self; 3] = [Self::ClampToEdge,Self::Zero,Self::Repeat,];
}
impl ::core::convert::TryFrom<i8> for WrapType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(WrapType::ClampToEdge),
1 => ::core::result::Result::Ok(WrapType::Zero),
2 => ::core::result::Result::Ok(WrapType::Repeat),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<WrapType> for i8 {
#[inline]
fn from(value: WrapType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for WrapType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<WrapType> for WrapType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<WrapType> for WrapType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> WrapType {
*self
}
}
impl ::planus::WriteAsDefault<WrapType, WrapType> for WrapType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &WrapType) -> ::core::option::Option<WrapType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<WrapType> for WrapType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<WrapType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for WrapType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for WrapType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"WrapType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<WrapType> for WrapType {
const STRIDE: usize = 1;
type Value = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Self {
*self
}
#[inline]
unsafe fn write_values(
values: &[Self],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 1];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - i as u32,
);
}
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct ImageProcessParam{
pub filter_type: self::FilterType,
pub source_format: self::ImageFormatType,
pub dest_format: self::ImageFormatType,
pub wrap: self::WrapType,
pub mean: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub normal: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub transform: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub padding_value: i8,
pub shape: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub output_type: self::DataType,
pub draw: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ImageProcessParam {
fn default() -> Self {
Self {
filter_type: self::FilterType::Nearest,
source_format: self::ImageFormatType::Rgba,
dest_format: self::ImageFormatType::Rgba,
wrap: self::WrapType::ClampToEdge,
mean: ::core::default::Default::default(),
normal: ::core::default::Default::default(),
transform: ::core::default::Default::default(),
padding_value: 0,
shape: ::core::default::Default::default(),
output_type: self::DataType::DtInvalid,
draw: false,
}
}
}
impl ImageProcessParam {
#[inline]
pub fn builder() -> ImageProcessParamBuilder<()> {
ImageProcessParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_filter_type: impl ::planus::WriteAsDefault<self::FilterType, self::FilterType>,
field_source_format: impl ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>,
field_dest_format: impl ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>,
field_wrap: impl ::planus::WriteAsDefault<self::WrapType, self::WrapType>,
field_mean: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_normal: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_transform: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_padding_value: impl ::planus::WriteAsDefault<i8, i8>,
field_shape: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_output_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_draw: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_filter_type = field_filter_type.prepare(builder, &self::FilterType::Nearest);let prepared_source_format = field_source_format.prepare(builder, &self::ImageFormatType::Rgba);let prepared_dest_format = field_dest_format.prepare(builder, &self::ImageFormatType::Rgba);let prepared_wrap = field_wrap.prepare(builder, &self::WrapType::ClampToEdge);let prepared_mean = field_mean.prepare(builder);let prepared_normal = field_normal.prepare(builder);let prepared_transform = field_transform.prepare(builder);let prepared_padding_value = field_padding_value.prepare(builder, &0);let prepared_shape = field_shape.prepare(builder);let prepared_output_type = field_output_type.prepare(builder, &self::DataType::DtInvalid);let prepared_draw = field_draw.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<26> = ::core::default::Default::default();
if prepared_source_format.is_some() {table_writer.write_entry::<self::ImageFormatType>(1);}if prepared_dest_format.is_some() {table_writer.write_entry::<self::ImageFormatType>(2);}if prepared_mean.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(4);}if prepared_normal.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(5);}if prepared_transform.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(6);}if prepared_shape.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(8);}if prepared_output_type.is_some() {table_writer.write_entry::<self::DataType>(9);}if prepared_filter_type.is_some() {table_writer.write_entry::<self::FilterType>(0);}if prepared_wrap.is_some() {table_writer.write_entry::<self::WrapType>(3);}if prepared_padding_value.is_some() {table_writer.write_entry::<i8>(7);}if prepared_draw.is_some() {table_writer.write_entry::<bool>(10);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_source_format) = prepared_source_format {object_writer.write::<_, _, 4>(&prepared_source_format);}if let ::core::option::Option::Some(prepared_dest_format) = prepared_dest_format {object_writer.write::<_, _, 4>(&prepared_dest_format);}if let ::core::option::Option::Some(prepared_mean) = prepared_mean {object_writer.write::<_, _, 4>(&prepared_mean);}if let ::core::option::Option::Some(prepared_normal) = prepared_normal {object_writer.write::<_, _, 4>(&prepared_normal);}if let ::core::option::Option::Some(prepared_transform) = prepared_transform {object_writer.write::<_, _, 4>(&prepared_transform);}if let ::core::option::Option::Some(prepared_shape) = prepared_shape {object_writer.write::<_, _, 4>(&prepared_shape);}if let ::core::option::Option::Some(prepared_output_type) = prepared_output_type {object_writer.write::<_, _, 4>(&prepared_output_type);}if let ::core::option::Option::Some(prepared_filter_type) = prepared_filter_type {object_writer.write::<_, _, 1>(&prepared_filter_type);}if let ::core::option::Option::Some(prepared_wrap) = prepared_wrap {object_writer.write::<_, _, 1>(&prepared_wrap);}if let ::core::option::Option::Some(prepared_padding_value) = prepared_padding_value {object_writer.write::<_, _, 1>(&prepared_padding_value);}if let ::core::option::Option::Some(prepared_draw) = prepared_draw {object_writer.write::<_, _, 1>(&prepared_draw);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ImageProcessParam>> for ImageProcessParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ImageProcessParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ImageProcessParam>> for ImageProcessParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ImageProcessParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ImageProcessParam> for ImageProcessParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ImageProcessParam> {
ImageProcessParam::create(
builder,
self.filter_type,
self.source_format,
self.dest_format,
self.wrap,
&self.mean,
&self.normal,
&self.transform,
self.padding_value,
&self.shape,
self.output_type,
self.draw,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ImageProcessParamBuilder<State>(State);
impl<
> ImageProcessParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn filter_type<T0>(self, value: T0) -> ImageProcessParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::FilterType, self::FilterType>
{
ImageProcessParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn filter_type_as_default(self) -> ImageProcessParamBuilder<(
::planus::DefaultValue,
)>
{
self.filter_type(::planus::DefaultValue)
}
}
impl<
T0,
> ImageProcessParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn source_format<T1>(self, value: T1) -> ImageProcessParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>
{
let (
v0,
) = self.0;ImageProcessParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn source_format_as_default(self) -> ImageProcessParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.source_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> ImageProcessParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dest_format<T2>(self, value: T2) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>
{
let (
v0,
v1,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dest_format_as_default(self) -> ImageProcessParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.dest_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> ImageProcessParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn wrap<T3>(self, value: T3) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<self::WrapType, self::WrapType>
{
let (
v0,
v1,
v2,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn wrap_as_default(self) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.wrap(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> ImageProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mean<T4>(self, value: T4) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mean_as_null(self) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.mean(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> ImageProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn normal<T5>(self, value: T5) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn normal_as_null(self) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.normal(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> ImageProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn transform<T6>(self, value: T6) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn transform_as_null(self) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.transform(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> ImageProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn padding_value<T7>(self, value: T7) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<i8, i8>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn padding_value_as_default(self) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
::planus::DefaultValue,
)>
{
self.padding_value(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
> ImageProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn shape<T8>(self, value: T8) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)>
where T8: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn shape_as_null(self) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
(),
)>
{
self.shape(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
> ImageProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_type<T9>(self, value: T9) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)>
where T9: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_type_as_default(self) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
::planus::DefaultValue,
)>
{
self.output_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
> ImageProcessParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn draw<T10>(self, value: T10) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)>
where T10: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
) = self.0;ImageProcessParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn draw_as_default(self) -> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
::planus::DefaultValue,
)>
{
self.draw(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
> ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ImageProcessParam>
where Self: ::planus::WriteAsOffset<ImageProcessParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::FilterType, self::FilterType>,
T1: ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>,
T2: ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>,
T3: ::planus::WriteAsDefault<self::WrapType, self::WrapType>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T7: ::planus::WriteAsDefault<i8, i8>,
T8: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T9: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T10: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<ImageProcessParam>> for ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
type Prepared = ::planus::Offset<ImageProcessParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ImageProcessParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::FilterType, self::FilterType>,
T1: ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>,
T2: ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>,
T3: ::planus::WriteAsDefault<self::WrapType, self::WrapType>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T7: ::planus::WriteAsDefault<i8, i8>,
T8: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T9: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T10: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<ImageProcessParam>> for ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
type Prepared = ::planus::Offset<ImageProcessParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ImageProcessParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::FilterType, self::FilterType>,
T1: ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>,
T2: ::planus::WriteAsDefault<self::ImageFormatType, self::ImageFormatType>,
T3: ::planus::WriteAsDefault<self::WrapType, self::WrapType>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T7: ::planus::WriteAsDefault<i8, i8>,
T8: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T9: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T10: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<ImageProcessParam> for ImageProcessParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ImageProcessParam> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
) = &self.0;ImageProcessParam::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
)
}
}
#[derive(Copy, Clone)]
pub struct ImageProcessParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ImageProcessParamRef<'a> {
#[inline]
pub fn filter_type(&self) -> ::planus::Result<self::FilterType> {
::core::result::Result::Ok(
self.0.access(0, "ImageProcessParam", "filter_type")
?.unwrap_or(self::FilterType::Nearest))
}
#[inline]
pub fn source_format(&self) -> ::planus::Result<self::ImageFormatType> {
::core::result::Result::Ok(
self.0.access(1, "ImageProcessParam", "source_format")
?.unwrap_or(self::ImageFormatType::Rgba))
}
#[inline]
pub fn dest_format(&self) -> ::planus::Result<self::ImageFormatType> {
::core::result::Result::Ok(
self.0.access(2, "ImageProcessParam", "dest_format")
?.unwrap_or(self::ImageFormatType::Rgba))
}
#[inline]
pub fn wrap(&self) -> ::planus::Result<self::WrapType> {
::core::result::Result::Ok(
self.0.access(3, "ImageProcessParam", "wrap")
?.unwrap_or(self::WrapType::ClampToEdge))
}
#[inline]
pub fn mean(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(4, "ImageProcessParam", "mean")
}
#[inline]
pub fn normal(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(5, "ImageProcessParam", "normal")
}
#[inline]
pub fn transform(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(6, "ImageProcessParam", "transform")
}
#[inline]
pub fn padding_value(&self) -> ::planus::Result<i8> {
::core::result::Result::Ok(
self.0.access(7, "ImageProcessParam", "padding_value")
?.unwrap_or(0))
}
#[inline]
pub fn shape(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(8, "ImageProcessParam", "shape")
}
#[inline]
pub fn output_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(9, "ImageProcessParam", "output_type")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn draw(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(10, "ImageProcessParam", "draw")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for ImageProcessParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ImageProcessParamRef");
f.field("filter_type", &self.filter_type());f.field("source_format", &self.source_format());f.field("dest_format", &self.dest_format());f.field("wrap", &self.wrap());if let ::core::option::Option::Some(field_mean) = self.mean().transpose() {
f.field("mean", &field_mean);
}if let ::core::option::Option::Some(field_normal) = self.normal().transpose() {
f.field("normal", &field_normal);
}if let ::core::option::Option::Some(field_transform) = self.transform().transpose() {
f.field("transform", &field_transform);
}f.field("padding_value", &self.padding_value());if let ::core::option::Option::Some(field_shape) = self.shape().transpose() {
f.field("shape", &field_shape);
}f.field("output_type", &self.output_type());f.field("draw", &self.draw());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ImageProcessParamRef<'a>> for ImageProcessParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ImageProcessParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
filter_type: ::core::convert::TryInto::try_into(value.filter_type()?)?,source_format: ::core::convert::TryInto::try_into(value.source_format()?)?,dest_format: ::core::convert::TryInto::try_into(value.dest_format()?)?,wrap: ::core::convert::TryInto::try_into(value.wrap()?)?,mean:
if let ::core::option::Option::Some(mean) = value.mean()? {
::core::option::Option::Some(mean.to_vec()?)
} else {
::core::option::Option::None
}
,normal:
if let ::core::option::Option::Some(normal) = value.normal()? {
::core::option::Option::Some(normal.to_vec()?)
} else {
::core::option::Option::None
}
,transform:
if let ::core::option::Option::Some(transform) = value.transform()? {
::core::option::Option::Some(transform.to_vec()?)
} else {
::core::option::Option::None
}
,padding_value: ::core::convert::TryInto::try_into(value.padding_value()?)?,shape:
if let ::core::option::Option::Some(shape) = value.shape()? {
::core::option::Option::Some(shape.to_vec()?)
} else {
::core::option::Option::None
}
,output_type: ::core::convert::TryInto::try_into(value.output_type()?)?,draw: ::core::convert::TryInto::try_into(value.draw()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ImageProcessParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ImageProcessParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ImageProcessParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ImageProcessParam>> for ImageProcessParam {
type Value = ::planus::Offset<ImageProcessParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ImageProcessParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for ImageProcessParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ImageProcessParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Plugin{
pub type_: ::core::option::Option<::planus::alloc::string::String>,
pub attr: ::core::option::Option<::planus::alloc::vec::Vec<self::Attribute>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Plugin {
fn default() -> Self {
Self {
type_: ::core::default::Default::default(),
attr: ::core::default::Default::default(),
}
}
}
impl Plugin {
#[inline]
pub fn builder() -> PluginBuilder<()> {
PluginBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_type_: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_attr: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
) -> ::planus::Offset<Self> {let prepared_type_ = field_type_.prepare(builder);let prepared_attr = field_attr.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_type_.is_some() {table_writer.write_entry::<::planus::Offset<str>>(0);}if prepared_attr.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::Attribute>]>>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_attr) = prepared_attr {object_writer.write::<_, _, 4>(&prepared_attr);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Plugin>> for Plugin {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Plugin> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Plugin>> for Plugin {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Plugin>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Plugin> for Plugin {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Plugin> {
Plugin::create(
builder,
&self.type_,
&self.attr,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct PluginBuilder<State>(State);
impl<
> PluginBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T0>(self, value: T0) -> PluginBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
PluginBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_null(self) -> PluginBuilder<(
(),
)>
{
self.type_(())
}
}
impl<
T0,
> PluginBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn attr<T1>(self, value: T1) -> PluginBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>
{
let (
v0,
) = self.0;PluginBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn attr_as_null(self) -> PluginBuilder<(
T0,
(),
)>
{
self.attr(())
}
}
impl<
T0,
T1,
> PluginBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Plugin>
where Self: ::planus::WriteAsOffset<Plugin>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
> ::planus::WriteAs<::planus::Offset<Plugin>> for PluginBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Plugin>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Plugin> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
> ::planus::WriteAsOptional<::planus::Offset<Plugin>> for PluginBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Plugin>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Plugin>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
> ::planus::WriteAsOffset<Plugin> for PluginBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Plugin> {
let (
v0,
v1,
) = &self.0;Plugin::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct PluginRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> PluginRef<'a> {
#[inline]
pub fn type_(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(0, "Plugin", "type_")
}
#[inline]
pub fn attr(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::AttributeRef<'a>>>>> {
self.0.access(1, "Plugin", "attr")
}
}
impl<'a> ::core::fmt::Debug for PluginRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("PluginRef");
if let ::core::option::Option::Some(field_type_) = self.type_().transpose() {
f.field("type_", &field_type_);
}if let ::core::option::Option::Some(field_attr) = self.attr().transpose() {
f.field("attr", &field_attr);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<PluginRef<'a>> for Plugin {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: PluginRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
type_:
value.type_()?.map(::core::convert::Into::into)
,attr:
if let ::core::option::Option::Some(attr) = value.attr()? {
::core::option::Option::Some(attr.to_vec_result()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for PluginRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for PluginRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[PluginRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Plugin>> for Plugin {
type Value = ::planus::Offset<Plugin>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Plugin>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for PluginRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[PluginRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Extra{
pub type_: ::core::option::Option<::planus::alloc::string::String>,
pub engine: ::core::option::Option<::planus::alloc::string::String>,
pub info: ::core::option::Option<::planus::alloc::vec::Vec<i8>>,
pub attr: ::core::option::Option<::planus::alloc::vec::Vec<self::Attribute>>,
pub vector: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Extra {
fn default() -> Self {
Self {
type_: ::core::default::Default::default(),
engine: ::core::default::Default::default(),
info: ::core::default::Default::default(),
attr: ::core::default::Default::default(),
vector: false,
}
}
}
impl Extra {
#[inline]
pub fn builder() -> ExtraBuilder<()> {
ExtraBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_type_: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_engine: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_info: impl ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
field_attr: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
field_vector: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_type_ = field_type_.prepare(builder);let prepared_engine = field_engine.prepare(builder);let prepared_info = field_info.prepare(builder);let prepared_attr = field_attr.prepare(builder);let prepared_vector = field_vector.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_type_.is_some() {table_writer.write_entry::<::planus::Offset<str>>(0);}if prepared_engine.is_some() {table_writer.write_entry::<::planus::Offset<str>>(1);}if prepared_info.is_some() {table_writer.write_entry::<::planus::Offset<[i8]>>(2);}if prepared_attr.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::Attribute>]>>(3);}if prepared_vector.is_some() {table_writer.write_entry::<bool>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_engine) = prepared_engine {object_writer.write::<_, _, 4>(&prepared_engine);}if let ::core::option::Option::Some(prepared_info) = prepared_info {object_writer.write::<_, _, 4>(&prepared_info);}if let ::core::option::Option::Some(prepared_attr) = prepared_attr {object_writer.write::<_, _, 4>(&prepared_attr);}if let ::core::option::Option::Some(prepared_vector) = prepared_vector {object_writer.write::<_, _, 1>(&prepared_vector);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Extra>> for Extra {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Extra> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Extra>> for Extra {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Extra>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Extra> for Extra {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Extra> {
Extra::create(
builder,
&self.type_,
&self.engine,
&self.info,
&self.attr,
self.vector,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ExtraBuilder<State>(State);
impl<
> ExtraBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T0>(self, value: T0) -> ExtraBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
ExtraBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_null(self) -> ExtraBuilder<(
(),
)>
{
self.type_(())
}
}
impl<
T0,
> ExtraBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn engine<T1>(self, value: T1) -> ExtraBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
) = self.0;ExtraBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn engine_as_null(self) -> ExtraBuilder<(
T0,
(),
)>
{
self.engine(())
}
}
impl<
T0,
T1,
> ExtraBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn info<T2>(self, value: T2) -> ExtraBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i8]>>
{
let (
v0,
v1,
) = self.0;ExtraBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn info_as_null(self) -> ExtraBuilder<(
T0,
T1,
(),
)>
{
self.info(())
}
}
impl<
T0,
T1,
T2,
> ExtraBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn attr<T3>(self, value: T3) -> ExtraBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>
{
let (
v0,
v1,
v2,
) = self.0;ExtraBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn attr_as_null(self) -> ExtraBuilder<(
T0,
T1,
T2,
(),
)>
{
self.attr(())
}
}
impl<
T0,
T1,
T2,
T3,
> ExtraBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn vector<T4>(self, value: T4) -> ExtraBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
) = self.0;ExtraBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn vector_as_default(self) -> ExtraBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.vector(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> ExtraBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Extra>
where Self: ::planus::WriteAsOffset<Extra>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<Extra>> for ExtraBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<Extra>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Extra> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<Extra>> for ExtraBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<Extra>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Extra>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<Extra> for ExtraBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Extra> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;Extra::create(
builder,
v0,
v1,
v2,
v3,
v4,
)
}
}
#[derive(Copy, Clone)]
pub struct ExtraRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ExtraRef<'a> {
#[inline]
pub fn type_(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(0, "Extra", "type_")
}
#[inline]
pub fn engine(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(1, "Extra", "engine")
}
#[inline]
pub fn info(&self) -> ::planus::Result<::core::option::Option<&'a [i8]>> {
self.0.access(2, "Extra", "info")
}
#[inline]
pub fn attr(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::AttributeRef<'a>>>>> {
self.0.access(3, "Extra", "attr")
}
#[inline]
pub fn vector(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(4, "Extra", "vector")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for ExtraRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ExtraRef");
if let ::core::option::Option::Some(field_type_) = self.type_().transpose() {
f.field("type_", &field_type_);
}if let ::core::option::Option::Some(field_engine) = self.engine().transpose() {
f.field("engine", &field_engine);
}if let ::core::option::Option::Some(field_info) = self.info().transpose() {
f.field("info", &field_info);
}if let ::core::option::Option::Some(field_attr) = self.attr().transpose() {
f.field("attr", &field_attr);
}f.field("vector", &self.vector());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ExtraRef<'a>> for Extra {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ExtraRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
type_:
value.type_()?.map(::core::convert::Into::into)
,engine:
value.engine()?.map(::core::convert::Into::into)
,info: value.info()?.map(|v| v.to_vec()),attr:
if let ::core::option::Option::Some(attr) = value.attr()? {
::core::option::Option::Some(attr.to_vec_result()?)
} else {
::core::option::Option::None
}
,vector: ::core::convert::TryInto::try_into(value.vector()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ExtraRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ExtraRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ExtraRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Extra>> for Extra {
type Value = ::planus::Offset<Extra>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Extra>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for ExtraRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ExtraRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct StringVec{
pub data: ::core::option::Option<::planus::alloc::vec::Vec<::planus::alloc::string::String>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for StringVec {
fn default() -> Self {
Self {
data: ::core::default::Default::default(),
}
}
}
impl StringVec {
#[inline]
pub fn builder() -> StringVecBuilder<()> {
StringVecBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_data: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
) -> ::planus::Offset<Self> {let prepared_data = field_data.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_data.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<str>]>>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_data) = prepared_data {object_writer.write::<_, _, 4>(&prepared_data);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<StringVec>> for StringVec {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StringVec> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<StringVec>> for StringVec {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<StringVec>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<StringVec> for StringVec {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StringVec> {
StringVec::create(
builder,
&self.data,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct StringVecBuilder<State>(State);
impl<
> StringVecBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn data<T0>(self, value: T0) -> StringVecBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>
{
StringVecBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn data_as_null(self) -> StringVecBuilder<(
(),
)>
{
self.data(())
}
}
impl<
T0,
> StringVecBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<StringVec>
where Self: ::planus::WriteAsOffset<StringVec>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
> ::planus::WriteAs<::planus::Offset<StringVec>> for StringVecBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<StringVec>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StringVec> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
> ::planus::WriteAsOptional<::planus::Offset<StringVec>> for StringVecBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<StringVec>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<StringVec>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
> ::planus::WriteAsOffset<StringVec> for StringVecBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StringVec> {
let (
v0,
) = &self.0;StringVec::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct StringVecRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> StringVecRef<'a> {
#[inline]
pub fn data(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<&'a ::core::primitive::str>>>> {
self.0.access(0, "StringVec", "data")
}
}
impl<'a> ::core::fmt::Debug for StringVecRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("StringVecRef");
if let ::core::option::Option::Some(field_data) = self.data().transpose() {
f.field("data", &field_data);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<StringVecRef<'a>> for StringVec {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: StringVecRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
data:
if let ::core::option::Option::Some(data) = value.data()? {
::core::option::Option::Some(data.to_vec_result()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for StringVecRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for StringVecRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[StringVecRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<StringVec>> for StringVec {
type Value = ::planus::Offset<StringVec>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<StringVec>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for StringVecRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[StringVecRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct AttentionParam{
pub kv_cache: bool,
pub kv_shared_layer: ::core::option::Option<::planus::alloc::string::String>,
pub layer_index: ::core::option::Option<i32>,
pub kv_shared_layer_index: ::core::option::Option<i32>,
pub mhq_quant: ::core::option::Option<::planus::alloc::vec::Vec<self::TensorQuantInfo>>,
pub output_c4: bool,
pub attn_scale: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for AttentionParam {
fn default() -> Self {
Self {
kv_cache: true,
kv_shared_layer: ::core::default::Default::default(),
layer_index: ::core::default::Default::default(),
kv_shared_layer_index: ::core::default::Default::default(),
mhq_quant: ::core::default::Default::default(),
output_c4: false,
attn_scale: 0.0,
}
}
}
impl AttentionParam {
#[inline]
pub fn builder() -> AttentionParamBuilder<()> {
AttentionParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_kv_cache: impl ::planus::WriteAsDefault<bool, bool>,
field_kv_shared_layer: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_layer_index: impl ::planus::WriteAsOptional<i32>,
field_kv_shared_layer_index: impl ::planus::WriteAsOptional<i32>,
field_mhq_quant: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorQuantInfo>]>>,
field_output_c4: impl ::planus::WriteAsDefault<bool, bool>,
field_attn_scale: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_kv_cache = field_kv_cache.prepare(builder, &true);let prepared_kv_shared_layer = field_kv_shared_layer.prepare(builder);let prepared_layer_index = field_layer_index.prepare(builder);let prepared_kv_shared_layer_index = field_kv_shared_layer_index.prepare(builder);let prepared_mhq_quant = field_mhq_quant.prepare(builder);let prepared_output_c4 = field_output_c4.prepare(builder, &false);let prepared_attn_scale = field_attn_scale.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<18> = ::core::default::Default::default();
if prepared_kv_shared_layer.is_some() {table_writer.write_entry::<::planus::Offset<str>>(1);}if prepared_layer_index.is_some() {table_writer.write_entry::<i32>(2);}if prepared_kv_shared_layer_index.is_some() {table_writer.write_entry::<i32>(3);}if prepared_mhq_quant.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::TensorQuantInfo>]>>(4);}if prepared_attn_scale.is_some() {table_writer.write_entry::<f32>(6);}if prepared_kv_cache.is_some() {table_writer.write_entry::<bool>(0);}if prepared_output_c4.is_some() {table_writer.write_entry::<bool>(5);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_kv_shared_layer) = prepared_kv_shared_layer {object_writer.write::<_, _, 4>(&prepared_kv_shared_layer);}if let ::core::option::Option::Some(prepared_layer_index) = prepared_layer_index {object_writer.write::<_, _, 4>(&prepared_layer_index);}if let ::core::option::Option::Some(prepared_kv_shared_layer_index) = prepared_kv_shared_layer_index {object_writer.write::<_, _, 4>(&prepared_kv_shared_layer_index);}if let ::core::option::Option::Some(prepared_mhq_quant) = prepared_mhq_quant {object_writer.write::<_, _, 4>(&prepared_mhq_quant);}if let ::core::option::Option::Some(prepared_attn_scale) = prepared_attn_scale {object_writer.write::<_, _, 4>(&prepared_attn_scale);}if let ::core::option::Option::Some(prepared_kv_cache) = prepared_kv_cache {object_writer.write::<_, _, 1>(&prepared_kv_cache);}if let ::core::option::Option::Some(prepared_output_c4) = prepared_output_c4 {object_writer.write::<_, _, 1>(&prepared_output_c4);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<AttentionParam>> for AttentionParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<AttentionParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<AttentionParam>> for AttentionParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<AttentionParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<AttentionParam> for AttentionParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<AttentionParam> {
AttentionParam::create(
builder,
self.kv_cache,
&self.kv_shared_layer,
self.layer_index,
self.kv_shared_layer_index,
&self.mhq_quant,
self.output_c4,
self.attn_scale,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct AttentionParamBuilder<State>(State);
impl<
> AttentionParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kv_cache<T0>(self, value: T0) -> AttentionParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<bool, bool>
{
AttentionParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kv_cache_as_default(self) -> AttentionParamBuilder<(
::planus::DefaultValue,
)>
{
self.kv_cache(::planus::DefaultValue)
}
}
impl<
T0,
> AttentionParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kv_shared_layer<T1>(self, value: T1) -> AttentionParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
) = self.0;AttentionParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kv_shared_layer_as_null(self) -> AttentionParamBuilder<(
T0,
(),
)>
{
self.kv_shared_layer(())
}
}
impl<
T0,
T1,
> AttentionParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn layer_index<T2>(self, value: T2) -> AttentionParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<i32>
{
let (
v0,
v1,
) = self.0;AttentionParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn layer_index_as_null(self) -> AttentionParamBuilder<(
T0,
T1,
(),
)>
{
self.layer_index(())
}
}
impl<
T0,
T1,
T2,
> AttentionParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kv_shared_layer_index<T3>(self, value: T3) -> AttentionParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<i32>
{
let (
v0,
v1,
v2,
) = self.0;AttentionParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kv_shared_layer_index_as_null(self) -> AttentionParamBuilder<(
T0,
T1,
T2,
(),
)>
{
self.kv_shared_layer_index(())
}
}
impl<
T0,
T1,
T2,
T3,
> AttentionParamBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mhq_quant<T4>(self, value: T4) -> AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorQuantInfo>]>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;AttentionParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mhq_quant_as_null(self) -> AttentionParamBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.mhq_quant(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> AttentionParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_c4<T5>(self, value: T5) -> AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;AttentionParamBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_c4_as_default(self) -> AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.output_c4(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> AttentionParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn attn_scale<T6>(self, value: T6) -> AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;AttentionParamBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn attn_scale_as_default(self) -> AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.attn_scale(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<AttentionParam>
where Self: ::planus::WriteAsOffset<AttentionParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<i32>,
T3: ::planus::WriteAsOptional<i32>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorQuantInfo>]>>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<AttentionParam>> for AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<AttentionParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<AttentionParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<i32>,
T3: ::planus::WriteAsOptional<i32>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorQuantInfo>]>>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<AttentionParam>> for AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<AttentionParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<AttentionParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<i32>,
T3: ::planus::WriteAsOptional<i32>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorQuantInfo>]>>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<AttentionParam> for AttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<AttentionParam> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = &self.0;AttentionParam::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
)
}
}
#[derive(Copy, Clone)]
pub struct AttentionParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> AttentionParamRef<'a> {
#[inline]
pub fn kv_cache(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(0, "AttentionParam", "kv_cache")
?.unwrap_or(true))
}
#[inline]
pub fn kv_shared_layer(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(1, "AttentionParam", "kv_shared_layer")
}
#[inline]
pub fn layer_index(&self) -> ::planus::Result<::core::option::Option<i32>> {
self.0.access(2, "AttentionParam", "layer_index")
}
#[inline]
pub fn kv_shared_layer_index(&self) -> ::planus::Result<::core::option::Option<i32>> {
self.0.access(3, "AttentionParam", "kv_shared_layer_index")
}
#[inline]
pub fn mhq_quant(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::TensorQuantInfoRef<'a>>>>> {
self.0.access(4, "AttentionParam", "mhq_quant")
}
#[inline]
pub fn output_c4(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(5, "AttentionParam", "output_c4")
?.unwrap_or(false))
}
#[inline]
pub fn attn_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(6, "AttentionParam", "attn_scale")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for AttentionParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("AttentionParamRef");
f.field("kv_cache", &self.kv_cache());if let ::core::option::Option::Some(field_kv_shared_layer) = self.kv_shared_layer().transpose() {
f.field("kv_shared_layer", &field_kv_shared_layer);
}if let ::core::option::Option::Some(field_layer_index) = self.layer_index().transpose() {
f.field("layer_index", &field_layer_index);
}if let ::core::option::Option::Some(field_kv_shared_layer_index) = self.kv_shared_layer_index().transpose() {
f.field("kv_shared_layer_index", &field_kv_shared_layer_index);
}if let ::core::option::Option::Some(field_mhq_quant) = self.mhq_quant().transpose() {
f.field("mhq_quant", &field_mhq_quant);
}f.field("output_c4", &self.output_c4());f.field("attn_scale", &self.attn_scale());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<AttentionParamRef<'a>> for AttentionParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: AttentionParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
kv_cache: ::core::convert::TryInto::try_into(value.kv_cache()?)?,kv_shared_layer:
value.kv_shared_layer()?.map(::core::convert::Into::into)
,layer_index:
if let ::core::option::Option::Some(layer_index) = value.layer_index()? {
::core::option::Option::Some(::core::convert::TryInto::try_into(layer_index)?)
} else {
::core::option::Option::None
}
,kv_shared_layer_index:
if let ::core::option::Option::Some(kv_shared_layer_index) = value.kv_shared_layer_index()? {
::core::option::Option::Some(::core::convert::TryInto::try_into(kv_shared_layer_index)?)
} else {
::core::option::Option::None
}
,mhq_quant:
if let ::core::option::Option::Some(mhq_quant) = value.mhq_quant()? {
::core::option::Option::Some(mhq_quant.to_vec_result()?)
} else {
::core::option::Option::None
}
,output_c4: ::core::convert::TryInto::try_into(value.output_c4()?)?,attn_scale: ::core::convert::TryInto::try_into(value.attn_scale()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for AttentionParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for AttentionParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[AttentionParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<AttentionParam>> for AttentionParam {
type Value = ::planus::Offset<AttentionParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<AttentionParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for AttentionParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[AttentionParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct LinearAttentionParam{
pub attn_type: ::core::option::Option<::planus::alloc::string::String>,
pub num_k_heads: i32,
pub num_v_heads: i32,
pub head_k_dim: i32,
pub head_v_dim: i32,
pub use_qk_l2norm: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for LinearAttentionParam {
fn default() -> Self {
Self {
attn_type: ::core::default::Default::default(),
num_k_heads: 0,
num_v_heads: 0,
head_k_dim: 0,
head_v_dim: 0,
use_qk_l2norm: false,
}
}
}
impl LinearAttentionParam {
#[inline]
pub fn builder() -> LinearAttentionParamBuilder<()> {
LinearAttentionParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_attn_type: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_num_k_heads: impl ::planus::WriteAsDefault<i32, i32>,
field_num_v_heads: impl ::planus::WriteAsDefault<i32, i32>,
field_head_k_dim: impl ::planus::WriteAsDefault<i32, i32>,
field_head_v_dim: impl ::planus::WriteAsDefault<i32, i32>,
field_use_qk_l2norm: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_attn_type = field_attn_type.prepare(builder);let prepared_num_k_heads = field_num_k_heads.prepare(builder, &0);let prepared_num_v_heads = field_num_v_heads.prepare(builder, &0);let prepared_head_k_dim = field_head_k_dim.prepare(builder, &0);let prepared_head_v_dim = field_head_v_dim.prepare(builder, &0);let prepared_use_qk_l2norm = field_use_qk_l2norm.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<16> = ::core::default::Default::default();
if prepared_attn_type.is_some() {table_writer.write_entry::<::planus::Offset<str>>(0);}if prepared_num_k_heads.is_some() {table_writer.write_entry::<i32>(1);}if prepared_num_v_heads.is_some() {table_writer.write_entry::<i32>(2);}if prepared_head_k_dim.is_some() {table_writer.write_entry::<i32>(3);}if prepared_head_v_dim.is_some() {table_writer.write_entry::<i32>(4);}if prepared_use_qk_l2norm.is_some() {table_writer.write_entry::<bool>(5);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_attn_type) = prepared_attn_type {object_writer.write::<_, _, 4>(&prepared_attn_type);}if let ::core::option::Option::Some(prepared_num_k_heads) = prepared_num_k_heads {object_writer.write::<_, _, 4>(&prepared_num_k_heads);}if let ::core::option::Option::Some(prepared_num_v_heads) = prepared_num_v_heads {object_writer.write::<_, _, 4>(&prepared_num_v_heads);}if let ::core::option::Option::Some(prepared_head_k_dim) = prepared_head_k_dim {object_writer.write::<_, _, 4>(&prepared_head_k_dim);}if let ::core::option::Option::Some(prepared_head_v_dim) = prepared_head_v_dim {object_writer.write::<_, _, 4>(&prepared_head_v_dim);}if let ::core::option::Option::Some(prepared_use_qk_l2norm) = prepared_use_qk_l2norm {object_writer.write::<_, _, 1>(&prepared_use_qk_l2norm);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<LinearAttentionParam>> for LinearAttentionParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LinearAttentionParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<LinearAttentionParam>> for LinearAttentionParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<LinearAttentionParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<LinearAttentionParam> for LinearAttentionParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LinearAttentionParam> {
LinearAttentionParam::create(
builder,
&self.attn_type,
self.num_k_heads,
self.num_v_heads,
self.head_k_dim,
self.head_v_dim,
self.use_qk_l2norm,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct LinearAttentionParamBuilder<State>(State);
impl<
> LinearAttentionParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn attn_type<T0>(self, value: T0) -> LinearAttentionParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
LinearAttentionParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn attn_type_as_null(self) -> LinearAttentionParamBuilder<(
(),
)>
{
self.attn_type(())
}
}
impl<
T0,
> LinearAttentionParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_k_heads<T1>(self, value: T1) -> LinearAttentionParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;LinearAttentionParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_k_heads_as_default(self) -> LinearAttentionParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.num_k_heads(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> LinearAttentionParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_v_heads<T2>(self, value: T2) -> LinearAttentionParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;LinearAttentionParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_v_heads_as_default(self) -> LinearAttentionParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.num_v_heads(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> LinearAttentionParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn head_k_dim<T3>(self, value: T3) -> LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
) = self.0;LinearAttentionParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn head_k_dim_as_default(self) -> LinearAttentionParamBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.head_k_dim(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> LinearAttentionParamBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn head_v_dim<T4>(self, value: T4) -> LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
) = self.0;LinearAttentionParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn head_v_dim_as_default(self) -> LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.head_v_dim(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> LinearAttentionParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn use_qk_l2norm<T5>(self, value: T5) -> LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;LinearAttentionParamBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn use_qk_l2norm_as_default(self) -> LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.use_qk_l2norm(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<LinearAttentionParam>
where Self: ::planus::WriteAsOffset<LinearAttentionParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<LinearAttentionParam>> for LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<LinearAttentionParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LinearAttentionParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<LinearAttentionParam>> for LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<LinearAttentionParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<LinearAttentionParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<LinearAttentionParam> for LinearAttentionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LinearAttentionParam> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = &self.0;LinearAttentionParam::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
)
}
}
#[derive(Copy, Clone)]
pub struct LinearAttentionParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> LinearAttentionParamRef<'a> {
#[inline]
pub fn attn_type(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(0, "LinearAttentionParam", "attn_type")
}
#[inline]
pub fn num_k_heads(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "LinearAttentionParam", "num_k_heads")
?.unwrap_or(0))
}
#[inline]
pub fn num_v_heads(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "LinearAttentionParam", "num_v_heads")
?.unwrap_or(0))
}
#[inline]
pub fn head_k_dim(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "LinearAttentionParam", "head_k_dim")
?.unwrap_or(0))
}
#[inline]
pub fn head_v_dim(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "LinearAttentionParam", "head_v_dim")
?.unwrap_or(0))
}
#[inline]
pub fn use_qk_l2norm(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(5, "LinearAttentionParam", "use_qk_l2norm")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for LinearAttentionParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("LinearAttentionParamRef");
if let ::core::option::Option::Some(field_attn_type) = self.attn_type().transpose() {
f.field("attn_type", &field_attn_type);
}f.field("num_k_heads", &self.num_k_heads());f.field("num_v_heads", &self.num_v_heads());f.field("head_k_dim", &self.head_k_dim());f.field("head_v_dim", &self.head_v_dim());f.field("use_qk_l2norm", &self.use_qk_l2norm());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<LinearAttentionParamRef<'a>> for LinearAttentionParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: LinearAttentionParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
attn_type:
value.attn_type()?.map(::core::convert::Into::into)
,num_k_heads: ::core::convert::TryInto::try_into(value.num_k_heads()?)?,num_v_heads: ::core::convert::TryInto::try_into(value.num_v_heads()?)?,head_k_dim: ::core::convert::TryInto::try_into(value.head_k_dim()?)?,head_v_dim: ::core::convert::TryInto::try_into(value.head_v_dim()?)?,use_qk_l2norm: ::core::convert::TryInto::try_into(value.use_qk_l2norm()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for LinearAttentionParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for LinearAttentionParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[LinearAttentionParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<LinearAttentionParam>> for LinearAttentionParam {
type Value = ::planus::Offset<LinearAttentionParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<LinearAttentionParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for LinearAttentionParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[LinearAttentionParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct RoPeParam{
pub rope_cut_head_dim: i32,
pub num_head: i32,
pub kv_num_head: i32,
pub head_dim: i32,
pub q_norm: ::core::option::Option<::planus::alloc::boxed::Box<self::LayerNorm>>,
pub k_norm: ::core::option::Option<::planus::alloc::boxed::Box<self::LayerNorm>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for RoPeParam {
fn default() -> Self {
Self {
rope_cut_head_dim: 0,
num_head: 0,
kv_num_head: 0,
head_dim: 0,
q_norm: ::core::default::Default::default(),
k_norm: ::core::default::Default::default(),
}
}
}
impl RoPeParam {
#[inline]
pub fn builder() -> RoPeParamBuilder<()> {
RoPeParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_rope_cut_head_dim: impl ::planus::WriteAsDefault<i32, i32>,
field_num_head: impl ::planus::WriteAsDefault<i32, i32>,
field_kv_num_head: impl ::planus::WriteAsDefault<i32, i32>,
field_head_dim: impl ::planus::WriteAsDefault<i32, i32>,
field_q_norm: impl ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>,
field_k_norm: impl ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>,
) -> ::planus::Offset<Self> {let prepared_rope_cut_head_dim = field_rope_cut_head_dim.prepare(builder, &0);let prepared_num_head = field_num_head.prepare(builder, &0);let prepared_kv_num_head = field_kv_num_head.prepare(builder, &0);let prepared_head_dim = field_head_dim.prepare(builder, &0);let prepared_q_norm = field_q_norm.prepare(builder);let prepared_k_norm = field_k_norm.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<16> = ::core::default::Default::default();
if prepared_rope_cut_head_dim.is_some() {table_writer.write_entry::<i32>(0);}if prepared_num_head.is_some() {table_writer.write_entry::<i32>(1);}if prepared_kv_num_head.is_some() {table_writer.write_entry::<i32>(2);}if prepared_head_dim.is_some() {table_writer.write_entry::<i32>(3);}if prepared_q_norm.is_some() {table_writer.write_entry::<::planus::Offset<self::LayerNorm>>(4);}if prepared_k_norm.is_some() {table_writer.write_entry::<::planus::Offset<self::LayerNorm>>(5);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_rope_cut_head_dim) = prepared_rope_cut_head_dim {object_writer.write::<_, _, 4>(&prepared_rope_cut_head_dim);}if let ::core::option::Option::Some(prepared_num_head) = prepared_num_head {object_writer.write::<_, _, 4>(&prepared_num_head);}if let ::core::option::Option::Some(prepared_kv_num_head) = prepared_kv_num_head {object_writer.write::<_, _, 4>(&prepared_kv_num_head);}if let ::core::option::Option::Some(prepared_head_dim) = prepared_head_dim {object_writer.write::<_, _, 4>(&prepared_head_dim);}if let ::core::option::Option::Some(prepared_q_norm) = prepared_q_norm {object_writer.write::<_, _, 4>(&prepared_q_norm);}if let ::core::option::Option::Some(prepared_k_norm) = prepared_k_norm {object_writer.write::<_, _, 4>(&prepared_k_norm);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<RoPeParam>> for RoPeParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoPeParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<RoPeParam>> for RoPeParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RoPeParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<RoPeParam> for RoPeParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoPeParam> {
RoPeParam::create(
builder,
self.rope_cut_head_dim,
self.num_head,
self.kv_num_head,
self.head_dim,
&self.q_norm,
&self.k_norm,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RoPeParamBuilder<State>(State);
impl<
> RoPeParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn rope_cut_head_dim<T0>(self, value: T0) -> RoPeParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
RoPeParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn rope_cut_head_dim_as_default(self) -> RoPeParamBuilder<(
::planus::DefaultValue,
)>
{
self.rope_cut_head_dim(::planus::DefaultValue)
}
}
impl<
T0,
> RoPeParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_head<T1>(self, value: T1) -> RoPeParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;RoPeParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn num_head_as_default(self) -> RoPeParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.num_head(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> RoPeParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kv_num_head<T2>(self, value: T2) -> RoPeParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;RoPeParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kv_num_head_as_default(self) -> RoPeParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.kv_num_head(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> RoPeParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn head_dim<T3>(self, value: T3) -> RoPeParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
) = self.0;RoPeParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn head_dim_as_default(self) -> RoPeParamBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.head_dim(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> RoPeParamBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn q_norm<T4>(self, value: T4) -> RoPeParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;RoPeParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn q_norm_as_null(self) -> RoPeParamBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.q_norm(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> RoPeParamBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn k_norm<T5>(self, value: T5) -> RoPeParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;RoPeParamBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn k_norm_as_null(self) -> RoPeParamBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.k_norm(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> RoPeParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoPeParam>
where Self: ::planus::WriteAsOffset<RoPeParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>,
> ::planus::WriteAs<::planus::Offset<RoPeParam>> for RoPeParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<RoPeParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoPeParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>,
> ::planus::WriteAsOptional<::planus::Offset<RoPeParam>> for RoPeParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<RoPeParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RoPeParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::LayerNorm>>,
> ::planus::WriteAsOffset<RoPeParam> for RoPeParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoPeParam> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = &self.0;RoPeParam::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
)
}
}
#[derive(Copy, Clone)]
pub struct RoPeParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RoPeParamRef<'a> {
#[inline]
pub fn rope_cut_head_dim(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "RoPeParam", "rope_cut_head_dim")
?.unwrap_or(0))
}
#[inline]
pub fn num_head(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "RoPeParam", "num_head")
?.unwrap_or(0))
}
#[inline]
pub fn kv_num_head(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "RoPeParam", "kv_num_head")
?.unwrap_or(0))
}
#[inline]
pub fn head_dim(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "RoPeParam", "head_dim")
?.unwrap_or(0))
}
#[inline]
pub fn q_norm(&self) -> ::planus::Result<::core::option::Option<self::LayerNormRef<'a>>> {
self.0.access(4, "RoPeParam", "q_norm")
}
#[inline]
pub fn k_norm(&self) -> ::planus::Result<::core::option::Option<self::LayerNormRef<'a>>> {
self.0.access(5, "RoPeParam", "k_norm")
}
}
impl<'a> ::core::fmt::Debug for RoPeParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RoPeParamRef");
f.field("rope_cut_head_dim", &self.rope_cut_head_dim());f.field("num_head", &self.num_head());f.field("kv_num_head", &self.kv_num_head());f.field("head_dim", &self.head_dim());if let ::core::option::Option::Some(field_q_norm) = self.q_norm().transpose() {
f.field("q_norm", &field_q_norm);
}if let ::core::option::Option::Some(field_k_norm) = self.k_norm().transpose() {
f.field("k_norm", &field_k_norm);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RoPeParamRef<'a>> for RoPeParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: RoPeParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
rope_cut_head_dim: ::core::convert::TryInto::try_into(value.rope_cut_head_dim()?)?,num_head: ::core::convert::TryInto::try_into(value.num_head()?)?,kv_num_head: ::core::convert::TryInto::try_into(value.kv_num_head()?)?,head_dim: ::core::convert::TryInto::try_into(value.head_dim()?)?,q_norm:
if let ::core::option::Option::Some(q_norm) = value.q_norm()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(q_norm)?))
} else {
::core::option::Option::None
}
,k_norm:
if let ::core::option::Option::Some(k_norm) = value.k_norm()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(k_norm)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for RoPeParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RoPeParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RoPeParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<RoPeParam>> for RoPeParam {
type Value = ::planus::Offset<RoPeParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<RoPeParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for RoPeParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RoPeParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct FmhaV2Param{
pub heads: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for FmhaV2Param {
fn default() -> Self {
Self {
heads: 0,
}
}
}
impl FmhaV2Param {
#[inline]
pub fn builder() -> FmhaV2ParamBuilder<()> {
FmhaV2ParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_heads: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_heads = field_heads.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_heads.is_some() {table_writer.write_entry::<i32>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_heads) = prepared_heads {object_writer.write::<_, _, 4>(&prepared_heads);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<FmhaV2Param>> for FmhaV2Param {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhaV2Param> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<FmhaV2Param>> for FmhaV2Param {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<FmhaV2Param>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<FmhaV2Param> for FmhaV2Param {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhaV2Param> {
FmhaV2Param::create(
builder,
self.heads,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct FmhaV2ParamBuilder<State>(State);
impl<
> FmhaV2ParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn heads<T0>(self, value: T0) -> FmhaV2ParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
FmhaV2ParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn heads_as_default(self) -> FmhaV2ParamBuilder<(
::planus::DefaultValue,
)>
{
self.heads(::planus::DefaultValue)
}
}
impl<
T0,
> FmhaV2ParamBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhaV2Param>
where Self: ::planus::WriteAsOffset<FmhaV2Param>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<FmhaV2Param>> for FmhaV2ParamBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<FmhaV2Param>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhaV2Param> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<FmhaV2Param>> for FmhaV2ParamBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<FmhaV2Param>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<FmhaV2Param>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<FmhaV2Param> for FmhaV2ParamBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhaV2Param> {
let (
v0,
) = &self.0;FmhaV2Param::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct FmhaV2ParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> FmhaV2ParamRef<'a> {
#[inline]
pub fn heads(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "FmhaV2Param", "heads")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for FmhaV2ParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("FmhaV2ParamRef");
f.field("heads", &self.heads());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<FmhaV2ParamRef<'a>> for FmhaV2Param {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: FmhaV2ParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
heads: ::core::convert::TryInto::try_into(value.heads()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for FmhaV2ParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for FmhaV2ParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[FmhaV2ParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<FmhaV2Param>> for FmhaV2Param {
type Value = ::planus::Offset<FmhaV2Param>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<FmhaV2Param>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for FmhaV2ParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[FmhaV2ParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct FmhcaParam{
pub heads: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for FmhcaParam {
fn default() -> Self {
Self {
heads: 0,
}
}
}
impl FmhcaParam {
#[inline]
pub fn builder() -> FmhcaParamBuilder<()> {
FmhcaParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_heads: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_heads = field_heads.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_heads.is_some() {table_writer.write_entry::<i32>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_heads) = prepared_heads {object_writer.write::<_, _, 4>(&prepared_heads);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<FmhcaParam>> for FmhcaParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhcaParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<FmhcaParam>> for FmhcaParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<FmhcaParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<FmhcaParam> for FmhcaParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhcaParam> {
FmhcaParam::create(
builder,
self.heads,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct FmhcaParamBuilder<State>(State);
impl<
> FmhcaParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn heads<T0>(self, value: T0) -> FmhcaParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
FmhcaParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn heads_as_default(self) -> FmhcaParamBuilder<(
::planus::DefaultValue,
)>
{
self.heads(::planus::DefaultValue)
}
}
impl<
T0,
> FmhcaParamBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhcaParam>
where Self: ::planus::WriteAsOffset<FmhcaParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<FmhcaParam>> for FmhcaParamBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<FmhcaParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhcaParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<FmhcaParam>> for FmhcaParamBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<FmhcaParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<FmhcaParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<FmhcaParam> for FmhcaParamBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<FmhcaParam> {
let (
v0,
) = &self.0;FmhcaParam::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct FmhcaParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> FmhcaParamRef<'a> {
#[inline]
pub fn heads(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "FmhcaParam", "heads")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for FmhcaParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("FmhcaParamRef");
f.field("heads", &self.heads());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<FmhcaParamRef<'a>> for FmhcaParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: FmhcaParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
heads: ::core::convert::TryInto::try_into(value.heads()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for FmhcaParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for FmhcaParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[FmhcaParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<FmhcaParam>> for FmhcaParam {
type Value = ::planus::Offset<FmhcaParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<FmhcaParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for FmhcaParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[FmhcaParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct StftParam{
pub n_fft: i32,
pub hop_length: i32,
pub abs: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for StftParam {
fn default() -> Self {
Self {
n_fft: 0,
hop_length: 0,
abs: true,
}
}
}
impl StftParam {
#[inline]
pub fn builder() -> StftParamBuilder<()> {
StftParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_n_fft: impl ::planus::WriteAsDefault<i32, i32>,
field_hop_length: impl ::planus::WriteAsDefault<i32, i32>,
field_abs: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_n_fft = field_n_fft.prepare(builder, &0);let prepared_hop_length = field_hop_length.prepare(builder, &0);let prepared_abs = field_abs.prepare(builder, &true);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_n_fft.is_some() {table_writer.write_entry::<i32>(0);}if prepared_hop_length.is_some() {table_writer.write_entry::<i32>(1);}if prepared_abs.is_some() {table_writer.write_entry::<bool>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_n_fft) = prepared_n_fft {object_writer.write::<_, _, 4>(&prepared_n_fft);}if let ::core::option::Option::Some(prepared_hop_length) = prepared_hop_length {object_writer.write::<_, _, 4>(&prepared_hop_length);}if let ::core::option::Option::Some(prepared_abs) = prepared_abs {object_writer.write::<_, _, 1>(&prepared_abs);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<StftParam>> for StftParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StftParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<StftParam>> for StftParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<StftParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<StftParam> for StftParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StftParam> {
StftParam::create(
builder,
self.n_fft,
self.hop_length,
self.abs,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct StftParamBuilder<State>(State);
impl<
> StftParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn n_fft<T0>(self, value: T0) -> StftParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
StftParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn n_fft_as_default(self) -> StftParamBuilder<(
::planus::DefaultValue,
)>
{
self.n_fft(::planus::DefaultValue)
}
}
impl<
T0,
> StftParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn hop_length<T1>(self, value: T1) -> StftParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;StftParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn hop_length_as_default(self) -> StftParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.hop_length(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> StftParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn abs<T2>(self, value: T2) -> StftParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;StftParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn abs_as_default(self) -> StftParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.abs(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> StftParamBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<StftParam>
where Self: ::planus::WriteAsOffset<StftParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<StftParam>> for StftParamBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<StftParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StftParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<StftParam>> for StftParamBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<StftParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<StftParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<StftParam> for StftParamBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StftParam> {
let (
v0,
v1,
v2,
) = &self.0;StftParam::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct StftParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> StftParamRef<'a> {
#[inline]
pub fn n_fft(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "StftParam", "n_fft")
?.unwrap_or(0))
}
#[inline]
pub fn hop_length(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "StftParam", "hop_length")
?.unwrap_or(0))
}
#[inline]
pub fn abs(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "StftParam", "abs")
?.unwrap_or(true))
}
}
impl<'a> ::core::fmt::Debug for StftParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("StftParamRef");
f.field("n_fft", &self.n_fft());f.field("hop_length", &self.hop_length());f.field("abs", &self.abs());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<StftParamRef<'a>> for StftParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: StftParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
n_fft: ::core::convert::TryInto::try_into(value.n_fft()?)?,hop_length: ::core::convert::TryInto::try_into(value.hop_length()?)?,abs: ::core::convert::TryInto::try_into(value.abs()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for StftParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for StftParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[StftParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<StftParam>> for StftParam {
type Value = ::planus::Offset<StftParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<StftParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for StftParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[StftParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct ShapeParam{
pub has_start: bool,
pub start: i32,
pub has_end: bool,
pub end: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ShapeParam {
fn default() -> Self {
Self {
has_start: false,
start: 0,
has_end: false,
end: 0,
}
}
}
impl ShapeParam {
#[inline]
pub fn builder() -> ShapeParamBuilder<()> {
ShapeParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_has_start: impl ::planus::WriteAsDefault<bool, bool>,
field_start: impl ::planus::WriteAsDefault<i32, i32>,
field_has_end: impl ::planus::WriteAsDefault<bool, bool>,
field_end: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_has_start = field_has_start.prepare(builder, &false);let prepared_start = field_start.prepare(builder, &0);let prepared_has_end = field_has_end.prepare(builder, &false);let prepared_end = field_end.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_start.is_some() {table_writer.write_entry::<i32>(1);}if prepared_end.is_some() {table_writer.write_entry::<i32>(3);}if prepared_has_start.is_some() {table_writer.write_entry::<bool>(0);}if prepared_has_end.is_some() {table_writer.write_entry::<bool>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_start) = prepared_start {object_writer.write::<_, _, 4>(&prepared_start);}if let ::core::option::Option::Some(prepared_end) = prepared_end {object_writer.write::<_, _, 4>(&prepared_end);}if let ::core::option::Option::Some(prepared_has_start) = prepared_has_start {object_writer.write::<_, _, 1>(&prepared_has_start);}if let ::core::option::Option::Some(prepared_has_end) = prepared_has_end {object_writer.write::<_, _, 1>(&prepared_has_end);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ShapeParam>> for ShapeParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ShapeParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ShapeParam>> for ShapeParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ShapeParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ShapeParam> for ShapeParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ShapeParam> {
ShapeParam::create(
builder,
self.has_start,
self.start,
self.has_end,
self.end,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ShapeParamBuilder<State>(State);
impl<
> ShapeParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn has_start<T0>(self, value: T0) -> ShapeParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<bool, bool>
{
ShapeParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn has_start_as_default(self) -> ShapeParamBuilder<(
::planus::DefaultValue,
)>
{
self.has_start(::planus::DefaultValue)
}
}
impl<
T0,
> ShapeParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn start<T1>(self, value: T1) -> ShapeParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;ShapeParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn start_as_default(self) -> ShapeParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.start(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> ShapeParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn has_end<T2>(self, value: T2) -> ShapeParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;ShapeParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn has_end_as_default(self) -> ShapeParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.has_end(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> ShapeParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn end<T3>(self, value: T3) -> ShapeParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
) = self.0;ShapeParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn end_as_default(self) -> ShapeParamBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.end(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> ShapeParamBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ShapeParam>
where Self: ::planus::WriteAsOffset<ShapeParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<ShapeParam>> for ShapeParamBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<ShapeParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ShapeParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<ShapeParam>> for ShapeParamBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<ShapeParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ShapeParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<ShapeParam> for ShapeParamBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ShapeParam> {
let (
v0,
v1,
v2,
v3,
) = &self.0;ShapeParam::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct ShapeParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ShapeParamRef<'a> {
#[inline]
pub fn has_start(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(0, "ShapeParam", "has_start")
?.unwrap_or(false))
}
#[inline]
pub fn start(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "ShapeParam", "start")
?.unwrap_or(0))
}
#[inline]
pub fn has_end(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "ShapeParam", "has_end")
?.unwrap_or(false))
}
#[inline]
pub fn end(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "ShapeParam", "end")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for ShapeParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ShapeParamRef");
f.field("has_start", &self.has_start());f.field("start", &self.start());f.field("has_end", &self.has_end());f.field("end", &self.end());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ShapeParamRef<'a>> for ShapeParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ShapeParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
has_start: ::core::convert::TryInto::try_into(value.has_start()?)?,start: ::core::convert::TryInto::try_into(value.start()?)?,has_end: ::core::convert::TryInto::try_into(value.has_end()?)?,end: ::core::convert::TryInto::try_into(value.end()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ShapeParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ShapeParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ShapeParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ShapeParam>> for ShapeParam {
type Value = ::planus::Offset<ShapeParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ShapeParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for ShapeParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ShapeParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct WhileParam{
pub cond_graph: ::core::option::Option<::planus::alloc::string::String>,
pub body_graph: ::core::option::Option<::planus::alloc::string::String>,
pub aliases_inputs: ::core::option::Option<::planus::alloc::vec::Vec<self::StringVec>>,
pub aliases_outputs: ::core::option::Option<::planus::alloc::vec::Vec<::planus::alloc::string::String>>,
pub aliases_updates: ::core::option::Option<::planus::alloc::vec::Vec<self::StringVec>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for WhileParam {
fn default() -> Self {
Self {
cond_graph: ::core::default::Default::default(),
body_graph: ::core::default::Default::default(),
aliases_inputs: ::core::default::Default::default(),
aliases_outputs: ::core::default::Default::default(),
aliases_updates: ::core::default::Default::default(),
}
}
}
impl WhileParam {
#[inline]
pub fn builder() -> WhileParamBuilder<()> {
WhileParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_cond_graph: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_body_graph: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_aliases_inputs: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
field_aliases_outputs: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
field_aliases_updates: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
) -> ::planus::Offset<Self> {let prepared_cond_graph = field_cond_graph.prepare(builder);let prepared_body_graph = field_body_graph.prepare(builder);let prepared_aliases_inputs = field_aliases_inputs.prepare(builder);let prepared_aliases_outputs = field_aliases_outputs.prepare(builder);let prepared_aliases_updates = field_aliases_updates.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_cond_graph.is_some() {table_writer.write_entry::<::planus::Offset<str>>(0);}if prepared_body_graph.is_some() {table_writer.write_entry::<::planus::Offset<str>>(1);}if prepared_aliases_inputs.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::StringVec>]>>(2);}if prepared_aliases_outputs.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<str>]>>(3);}if prepared_aliases_updates.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::StringVec>]>>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_cond_graph) = prepared_cond_graph {object_writer.write::<_, _, 4>(&prepared_cond_graph);}if let ::core::option::Option::Some(prepared_body_graph) = prepared_body_graph {object_writer.write::<_, _, 4>(&prepared_body_graph);}if let ::core::option::Option::Some(prepared_aliases_inputs) = prepared_aliases_inputs {object_writer.write::<_, _, 4>(&prepared_aliases_inputs);}if let ::core::option::Option::Some(prepared_aliases_outputs) = prepared_aliases_outputs {object_writer.write::<_, _, 4>(&prepared_aliases_outputs);}if let ::core::option::Option::Some(prepared_aliases_updates) = prepared_aliases_updates {object_writer.write::<_, _, 4>(&prepared_aliases_updates);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<WhileParam>> for WhileParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<WhileParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<WhileParam>> for WhileParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<WhileParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<WhileParam> for WhileParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<WhileParam> {
WhileParam::create(
builder,
&self.cond_graph,
&self.body_graph,
&self.aliases_inputs,
&self.aliases_outputs,
&self.aliases_updates,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct WhileParamBuilder<State>(State);
impl<
> WhileParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn cond_graph<T0>(self, value: T0) -> WhileParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
WhileParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn cond_graph_as_null(self) -> WhileParamBuilder<(
(),
)>
{
self.cond_graph(())
}
}
impl<
T0,
> WhileParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn body_graph<T1>(self, value: T1) -> WhileParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
) = self.0;WhileParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn body_graph_as_null(self) -> WhileParamBuilder<(
T0,
(),
)>
{
self.body_graph(())
}
}
impl<
T0,
T1,
> WhileParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_inputs<T2>(self, value: T2) -> WhileParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>
{
let (
v0,
v1,
) = self.0;WhileParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_inputs_as_null(self) -> WhileParamBuilder<(
T0,
T1,
(),
)>
{
self.aliases_inputs(())
}
}
impl<
T0,
T1,
T2,
> WhileParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_outputs<T3>(self, value: T3) -> WhileParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>
{
let (
v0,
v1,
v2,
) = self.0;WhileParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_outputs_as_null(self) -> WhileParamBuilder<(
T0,
T1,
T2,
(),
)>
{
self.aliases_outputs(())
}
}
impl<
T0,
T1,
T2,
T3,
> WhileParamBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_updates<T4>(self, value: T4) -> WhileParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;WhileParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_updates_as_null(self) -> WhileParamBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.aliases_updates(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> WhileParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<WhileParam>
where Self: ::planus::WriteAsOffset<WhileParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
> ::planus::WriteAs<::planus::Offset<WhileParam>> for WhileParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<WhileParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<WhileParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
> ::planus::WriteAsOptional<::planus::Offset<WhileParam>> for WhileParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<WhileParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<WhileParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
> ::planus::WriteAsOffset<WhileParam> for WhileParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<WhileParam> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;WhileParam::create(
builder,
v0,
v1,
v2,
v3,
v4,
)
}
}
#[derive(Copy, Clone)]
pub struct WhileParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> WhileParamRef<'a> {
#[inline]
pub fn cond_graph(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(0, "WhileParam", "cond_graph")
}
#[inline]
pub fn body_graph(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(1, "WhileParam", "body_graph")
}
#[inline]
pub fn aliases_inputs(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::StringVecRef<'a>>>>> {
self.0.access(2, "WhileParam", "aliases_inputs")
}
#[inline]
pub fn aliases_outputs(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<&'a ::core::primitive::str>>>> {
self.0.access(3, "WhileParam", "aliases_outputs")
}
#[inline]
pub fn aliases_updates(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::StringVecRef<'a>>>>> {
self.0.access(4, "WhileParam", "aliases_updates")
}
}
impl<'a> ::core::fmt::Debug for WhileParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("WhileParamRef");
if let ::core::option::Option::Some(field_cond_graph) = self.cond_graph().transpose() {
f.field("cond_graph", &field_cond_graph);
}if let ::core::option::Option::Some(field_body_graph) = self.body_graph().transpose() {
f.field("body_graph", &field_body_graph);
}if let ::core::option::Option::Some(field_aliases_inputs) = self.aliases_inputs().transpose() {
f.field("aliases_inputs", &field_aliases_inputs);
}if let ::core::option::Option::Some(field_aliases_outputs) = self.aliases_outputs().transpose() {
f.field("aliases_outputs", &field_aliases_outputs);
}if let ::core::option::Option::Some(field_aliases_updates) = self.aliases_updates().transpose() {
f.field("aliases_updates", &field_aliases_updates);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<WhileParamRef<'a>> for WhileParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: WhileParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
cond_graph:
value.cond_graph()?.map(::core::convert::Into::into)
,body_graph:
value.body_graph()?.map(::core::convert::Into::into)
,aliases_inputs:
if let ::core::option::Option::Some(aliases_inputs) = value.aliases_inputs()? {
::core::option::Option::Some(aliases_inputs.to_vec_result()?)
} else {
::core::option::Option::None
}
,aliases_outputs:
if let ::core::option::Option::Some(aliases_outputs) = value.aliases_outputs()? {
::core::option::Option::Some(aliases_outputs.to_vec_result()?)
} else {
::core::option::Option::None
}
,aliases_updates:
if let ::core::option::Option::Some(aliases_updates) = value.aliases_updates()? {
::core::option::Option::Some(aliases_updates.to_vec_result()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for WhileParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for WhileParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[WhileParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<WhileParam>> for WhileParam {
type Value = ::planus::Offset<WhileParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<WhileParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for WhileParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[WhileParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct IfParam{
pub then_graph: ::core::option::Option<::planus::alloc::string::String>,
pub else_graph: ::core::option::Option<::planus::alloc::string::String>,
pub aliases_inputs: ::core::option::Option<::planus::alloc::vec::Vec<self::StringVec>>,
pub aliases_outputs: ::core::option::Option<::planus::alloc::vec::Vec<self::StringVec>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for IfParam {
fn default() -> Self {
Self {
then_graph: ::core::default::Default::default(),
else_graph: ::core::default::Default::default(),
aliases_inputs: ::core::default::Default::default(),
aliases_outputs: ::core::default::Default::default(),
}
}
}
impl IfParam {
#[inline]
pub fn builder() -> IfParamBuilder<()> {
IfParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_then_graph: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_else_graph: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_aliases_inputs: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
field_aliases_outputs: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
) -> ::planus::Offset<Self> {let prepared_then_graph = field_then_graph.prepare(builder);let prepared_else_graph = field_else_graph.prepare(builder);let prepared_aliases_inputs = field_aliases_inputs.prepare(builder);let prepared_aliases_outputs = field_aliases_outputs.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_then_graph.is_some() {table_writer.write_entry::<::planus::Offset<str>>(0);}if prepared_else_graph.is_some() {table_writer.write_entry::<::planus::Offset<str>>(1);}if prepared_aliases_inputs.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::StringVec>]>>(2);}if prepared_aliases_outputs.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::StringVec>]>>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_then_graph) = prepared_then_graph {object_writer.write::<_, _, 4>(&prepared_then_graph);}if let ::core::option::Option::Some(prepared_else_graph) = prepared_else_graph {object_writer.write::<_, _, 4>(&prepared_else_graph);}if let ::core::option::Option::Some(prepared_aliases_inputs) = prepared_aliases_inputs {object_writer.write::<_, _, 4>(&prepared_aliases_inputs);}if let ::core::option::Option::Some(prepared_aliases_outputs) = prepared_aliases_outputs {object_writer.write::<_, _, 4>(&prepared_aliases_outputs);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<IfParam>> for IfParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<IfParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<IfParam>> for IfParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<IfParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<IfParam> for IfParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<IfParam> {
IfParam::create(
builder,
&self.then_graph,
&self.else_graph,
&self.aliases_inputs,
&self.aliases_outputs,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct IfParamBuilder<State>(State);
impl<
> IfParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn then_graph<T0>(self, value: T0) -> IfParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
IfParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn then_graph_as_null(self) -> IfParamBuilder<(
(),
)>
{
self.then_graph(())
}
}
impl<
T0,
> IfParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn else_graph<T1>(self, value: T1) -> IfParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
) = self.0;IfParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn else_graph_as_null(self) -> IfParamBuilder<(
T0,
(),
)>
{
self.else_graph(())
}
}
impl<
T0,
T1,
> IfParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_inputs<T2>(self, value: T2) -> IfParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>
{
let (
v0,
v1,
) = self.0;IfParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_inputs_as_null(self) -> IfParamBuilder<(
T0,
T1,
(),
)>
{
self.aliases_inputs(())
}
}
impl<
T0,
T1,
T2,
> IfParamBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_outputs<T3>(self, value: T3) -> IfParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>
{
let (
v0,
v1,
v2,
) = self.0;IfParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn aliases_outputs_as_null(self) -> IfParamBuilder<(
T0,
T1,
T2,
(),
)>
{
self.aliases_outputs(())
}
}
impl<
T0,
T1,
T2,
T3,
> IfParamBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<IfParam>
where Self: ::planus::WriteAsOffset<IfParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
> ::planus::WriteAs<::planus::Offset<IfParam>> for IfParamBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<IfParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<IfParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
> ::planus::WriteAsOptional<::planus::Offset<IfParam>> for IfParamBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<IfParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<IfParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::StringVec>]>>,
> ::planus::WriteAsOffset<IfParam> for IfParamBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<IfParam> {
let (
v0,
v1,
v2,
v3,
) = &self.0;IfParam::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct IfParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> IfParamRef<'a> {
#[inline]
pub fn then_graph(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(0, "IfParam", "then_graph")
}
#[inline]
pub fn else_graph(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(1, "IfParam", "else_graph")
}
#[inline]
pub fn aliases_inputs(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::StringVecRef<'a>>>>> {
self.0.access(2, "IfParam", "aliases_inputs")
}
#[inline]
pub fn aliases_outputs(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::StringVecRef<'a>>>>> {
self.0.access(3, "IfParam", "aliases_outputs")
}
}
impl<'a> ::core::fmt::Debug for IfParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("IfParamRef");
if let ::core::option::Option::Some(field_then_graph) = self.then_graph().transpose() {
f.field("then_graph", &field_then_graph);
}if let ::core::option::Option::Some(field_else_graph) = self.else_graph().transpose() {
f.field("else_graph", &field_else_graph);
}if let ::core::option::Option::Some(field_aliases_inputs) = self.aliases_inputs().transpose() {
f.field("aliases_inputs", &field_aliases_inputs);
}if let ::core::option::Option::Some(field_aliases_outputs) = self.aliases_outputs().transpose() {
f.field("aliases_outputs", &field_aliases_outputs);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<IfParamRef<'a>> for IfParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: IfParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
then_graph:
value.then_graph()?.map(::core::convert::Into::into)
,else_graph:
value.else_graph()?.map(::core::convert::Into::into)
,aliases_inputs:
if let ::core::option::Option::Some(aliases_inputs) = value.aliases_inputs()? {
::core::option::Option::Some(aliases_inputs.to_vec_result()?)
} else {
::core::option::Option::None
}
,aliases_outputs:
if let ::core::option::Option::Some(aliases_outputs) = value.aliases_outputs()? {
::core::option::Option::Some(aliases_outputs.to_vec_result()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for IfParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for IfParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[IfParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<IfParam>> for IfParam {
type Value = ::planus::Offset<IfParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<IfParam>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for IfParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[IfParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Region{
pub src: ::core::option::Option<::planus::alloc::boxed::Box<self::View>>,
pub dst: ::core::option::Option<::planus::alloc::boxed::Box<self::View>>,
pub size: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub origin: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Region {
fn default() -> Self {
Self {
src: ::core::default::Default::default(),
dst: ::core::default::Default::default(),
size: ::core::default::Default::default(),
origin: 0,
}
}
}
impl Region {
#[inline]
pub fn builder() -> RegionBuilder<()> {
RegionBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_src: impl ::planus::WriteAsOptional<::planus::Offset<self::View>>,
field_dst: impl ::planus::WriteAsOptional<::planus::Offset<self::View>>,
field_size: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_origin: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_src = field_src.prepare(builder);let prepared_dst = field_dst.prepare(builder);let prepared_size = field_size.prepare(builder);let prepared_origin = field_origin.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_src.is_some() {table_writer.write_entry::<::planus::Offset<self::View>>(0);}if prepared_dst.is_some() {table_writer.write_entry::<::planus::Offset<self::View>>(1);}if prepared_size.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(2);}if prepared_origin.is_some() {table_writer.write_entry::<i32>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_src) = prepared_src {object_writer.write::<_, _, 4>(&prepared_src);}if let ::core::option::Option::Some(prepared_dst) = prepared_dst {object_writer.write::<_, _, 4>(&prepared_dst);}if let ::core::option::Option::Some(prepared_size) = prepared_size {object_writer.write::<_, _, 4>(&prepared_size);}if let ::core::option::Option::Some(prepared_origin) = prepared_origin {object_writer.write::<_, _, 4>(&prepared_origin);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Region>> for Region {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Region> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Region>> for Region {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Region>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Region> for Region {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Region> {
Region::create(
builder,
&self.src,
&self.dst,
&self.size,
self.origin,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RegionBuilder<State>(State);
impl<
> RegionBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn src<T0>(self, value: T0) -> RegionBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<self::View>>
{
RegionBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn src_as_null(self) -> RegionBuilder<(
(),
)>
{
self.src(())
}
}
impl<
T0,
> RegionBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dst<T1>(self, value: T1) -> RegionBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<self::View>>
{
let (
v0,
) = self.0;RegionBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dst_as_null(self) -> RegionBuilder<(
T0,
(),
)>
{
self.dst(())
}
}
impl<
T0,
T1,
> RegionBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn size<T2>(self, value: T2) -> RegionBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
) = self.0;RegionBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn size_as_null(self) -> RegionBuilder<(
T0,
T1,
(),
)>
{
self.size(())
}
}
impl<
T0,
T1,
T2,
> RegionBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn origin<T3>(self, value: T3) -> RegionBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
) = self.0;RegionBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn origin_as_default(self) -> RegionBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.origin(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> RegionBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Region>
where Self: ::planus::WriteAsOffset<Region>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::View>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::View>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<Region>> for RegionBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Region>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Region> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::View>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::View>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<Region>> for RegionBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Region>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Region>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::View>>,
T1: ::planus::WriteAsOptional<::planus::Offset<self::View>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<Region> for RegionBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Region> {
let (
v0,
v1,
v2,
v3,
) = &self.0;Region::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct RegionRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RegionRef<'a> {
#[inline]
pub fn src(&self) -> ::planus::Result<::core::option::Option<self::ViewRef<'a>>> {
self.0.access(0, "Region", "src")
}
#[inline]
pub fn dst(&self) -> ::planus::Result<::core::option::Option<self::ViewRef<'a>>> {
self.0.access(1, "Region", "dst")
}
#[inline]
pub fn size(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(2, "Region", "size")
}
#[inline]
pub fn origin(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "Region", "origin")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for RegionRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RegionRef");
if let ::core::option::Option::Some(field_src) = self.src().transpose() {
f.field("src", &field_src);
}if let ::core::option::Option::Some(field_dst) = self.dst().transpose() {
f.field("dst", &field_dst);
}if let ::core::option::Option::Some(field_size) = self.size().transpose() {
f.field("size", &field_size);
}f.field("origin", &self.origin());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RegionRef<'a>> for Region {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: RegionRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
src:
if let ::core::option::Option::Some(src) = value.src()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(src)?))
} else {
::core::option::Option::None
}
,dst:
if let ::core::option::Option::Some(dst) = value.dst()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(dst)?))
} else {
::core::option::Option::None
}
,size:
if let ::core::option::Option::Some(size) = value.size()? {
::core::option::Option::Some(size.to_vec()?)
} else {
::core::option::Option::None
}
,origin: ::core::convert::TryInto::try_into(value.origin()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for RegionRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RegionRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RegionRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Region>> for Region {
type Value = ::planus::Offset<Region>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Region>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for RegionRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RegionRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct SubGraphProto{
pub name: ::core::option::Option<::planus::alloc::string::String>,
pub inputs: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub outputs: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub tensors: ::core::option::Option<::planus::alloc::vec::Vec<::planus::alloc::string::String>>,
pub nodes: ::core::option::Option<::planus::alloc::vec::Vec<self::Op>>,
pub extra_tensor_describe: ::core::option::Option<::planus::alloc::vec::Vec<self::TensorDescribe>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for SubGraphProto {
fn default() -> Self {
Self {
name: ::core::default::Default::default(),
inputs: ::core::default::Default::default(),
outputs: ::core::default::Default::default(),
tensors: ::core::default::Default::default(),
nodes: ::core::default::Default::default(),
extra_tensor_describe: ::core::default::Default::default(),
}
}
}
impl SubGraphProto {
#[inline]
pub fn builder() -> SubGraphProtoBuilder<()> {
SubGraphProtoBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_name: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_inputs: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_outputs: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_tensors: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
field_nodes: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>,
field_extra_tensor_describe: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
) -> ::planus::Offset<Self> {let prepared_name = field_name.prepare(builder);let prepared_inputs = field_inputs.prepare(builder);let prepared_outputs = field_outputs.prepare(builder);let prepared_tensors = field_tensors.prepare(builder);let prepared_nodes = field_nodes.prepare(builder);let prepared_extra_tensor_describe = field_extra_tensor_describe.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<16> = ::core::default::Default::default();
if prepared_name.is_some() {table_writer.write_entry::<::planus::Offset<str>>(0);}if prepared_inputs.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_outputs.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(2);}if prepared_tensors.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<str>]>>(3);}if prepared_nodes.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::Op>]>>(4);}if prepared_extra_tensor_describe.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>(5);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_name) = prepared_name {object_writer.write::<_, _, 4>(&prepared_name);}if let ::core::option::Option::Some(prepared_inputs) = prepared_inputs {object_writer.write::<_, _, 4>(&prepared_inputs);}if let ::core::option::Option::Some(prepared_outputs) = prepared_outputs {object_writer.write::<_, _, 4>(&prepared_outputs);}if let ::core::option::Option::Some(prepared_tensors) = prepared_tensors {object_writer.write::<_, _, 4>(&prepared_tensors);}if let ::core::option::Option::Some(prepared_nodes) = prepared_nodes {object_writer.write::<_, _, 4>(&prepared_nodes);}if let ::core::option::Option::Some(prepared_extra_tensor_describe) = prepared_extra_tensor_describe {object_writer.write::<_, _, 4>(&prepared_extra_tensor_describe);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<SubGraphProto>> for SubGraphProto {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SubGraphProto> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<SubGraphProto>> for SubGraphProto {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SubGraphProto>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<SubGraphProto> for SubGraphProto {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SubGraphProto> {
SubGraphProto::create(
builder,
&self.name,
&self.inputs,
&self.outputs,
&self.tensors,
&self.nodes,
&self.extra_tensor_describe,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct SubGraphProtoBuilder<State>(State);
impl<
> SubGraphProtoBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn name<T0>(self, value: T0) -> SubGraphProtoBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
SubGraphProtoBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn name_as_null(self) -> SubGraphProtoBuilder<(
(),
)>
{
self.name(())
}
}
impl<
T0,
> SubGraphProtoBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn inputs<T1>(self, value: T1) -> SubGraphProtoBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;SubGraphProtoBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn inputs_as_null(self) -> SubGraphProtoBuilder<(
T0,
(),
)>
{
self.inputs(())
}
}
impl<
T0,
T1,
> SubGraphProtoBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn outputs<T2>(self, value: T2) -> SubGraphProtoBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
) = self.0;SubGraphProtoBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn outputs_as_null(self) -> SubGraphProtoBuilder<(
T0,
T1,
(),
)>
{
self.outputs(())
}
}
impl<
T0,
T1,
T2,
> SubGraphProtoBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensors<T3>(self, value: T3) -> SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>
{
let (
v0,
v1,
v2,
) = self.0;SubGraphProtoBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensors_as_null(self) -> SubGraphProtoBuilder<(
T0,
T1,
T2,
(),
)>
{
self.tensors(())
}
}
impl<
T0,
T1,
T2,
T3,
> SubGraphProtoBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn nodes<T4>(self, value: T4) -> SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;SubGraphProtoBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn nodes_as_null(self) -> SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.nodes(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> SubGraphProtoBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn extra_tensor_describe<T5>(self, value: T5) -> SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;SubGraphProtoBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn extra_tensor_describe_as_null(self) -> SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.extra_tensor_describe(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<SubGraphProto>
where Self: ::planus::WriteAsOffset<SubGraphProto>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
> ::planus::WriteAs<::planus::Offset<SubGraphProto>> for SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<SubGraphProto>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SubGraphProto> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
> ::planus::WriteAsOptional<::planus::Offset<SubGraphProto>> for SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<SubGraphProto>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SubGraphProto>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
> ::planus::WriteAsOffset<SubGraphProto> for SubGraphProtoBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SubGraphProto> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = &self.0;SubGraphProto::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
)
}
}
#[derive(Copy, Clone)]
pub struct SubGraphProtoRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> SubGraphProtoRef<'a> {
#[inline]
pub fn name(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(0, "SubGraphProto", "name")
}
#[inline]
pub fn inputs(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "SubGraphProto", "inputs")
}
#[inline]
pub fn outputs(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(2, "SubGraphProto", "outputs")
}
#[inline]
pub fn tensors(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<&'a ::core::primitive::str>>>> {
self.0.access(3, "SubGraphProto", "tensors")
}
#[inline]
pub fn nodes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::OpRef<'a>>>>> {
self.0.access(4, "SubGraphProto", "nodes")
}
#[inline]
pub fn extra_tensor_describe(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::TensorDescribeRef<'a>>>>> {
self.0.access(5, "SubGraphProto", "extra_tensor_describe")
}
}
impl<'a> ::core::fmt::Debug for SubGraphProtoRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("SubGraphProtoRef");
if let ::core::option::Option::Some(field_name) = self.name().transpose() {
f.field("name", &field_name);
}if let ::core::option::Option::Some(field_inputs) = self.inputs().transpose() {
f.field("inputs", &field_inputs);
}if let ::core::option::Option::Some(field_outputs) = self.outputs().transpose() {
f.field("outputs", &field_outputs);
}if let ::core::option::Option::Some(field_tensors) = self.tensors().transpose() {
f.field("tensors", &field_tensors);
}if let ::core::option::Option::Some(field_nodes) = self.nodes().transpose() {
f.field("nodes", &field_nodes);
}if let ::core::option::Option::Some(field_extra_tensor_describe) = self.extra_tensor_describe().transpose() {
f.field("extra_tensor_describe", &field_extra_tensor_describe);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<SubGraphProtoRef<'a>> for SubGraphProto {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: SubGraphProtoRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
name:
value.name()?.map(::core::convert::Into::into)
,inputs:
if let ::core::option::Option::Some(inputs) = value.inputs()? {
::core::option::Option::Some(inputs.to_vec()?)
} else {
::core::option::Option::None
}
,outputs:
if let ::core::option::Option::Some(outputs) = value.outputs()? {
::core::option::Option::Some(outputs.to_vec()?)
} else {
::core::option::Option::None
}
,tensors:
if let ::core::option::Option::Some(tensors) = value.tensors()? {
::core::option::Option::Some(tensors.to_vec_result()?)
} else {
::core::option::Option::None
}
,nodes:
if let ::core::option::Option::Some(nodes) = value.nodes()? {
::core::option::Option::Some(nodes.to_vec_result()?)
} else {
::core::option::Option::None
}
,extra_tensor_describe:
if let ::core::option::Option::Some(extra_tensor_describe) = value.extra_tensor_describe()? {
::core::option::Option::Some(extra_tensor_describe.to_vec_result()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for SubGraphProtoRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for SubGraphProtoRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[SubGraphProtoRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<SubGraphProto>> for SubGraphProto {
type Value = ::planus::Offset<SubGraphProto>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<SubGraphProto>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for SubGraphProtoRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[SubGraphProtoRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize)]
pub enum OpParameter{
QuantizedAdd(::planus::alloc::boxed::Box<self::QuantizedAdd>),
ArgMax(::planus::alloc::boxed::Box<self::ArgMax>),
AsString(::planus::alloc::boxed::Box<self::AsString>),
Axis(::planus::alloc::boxed::Box<self::Axis>),
BatchNorm(::planus::alloc::boxed::Box<self::BatchNorm>),
BinaryOp(::planus::alloc::boxed::Box<self::BinaryOp>),
Blob(::planus::alloc::boxed::Box<self::Blob>),
CastParam(::planus::alloc::boxed::Box<self::CastParam>),
Convolution2D(::planus::alloc::boxed::Box<self::Convolution2D>),
Crop(::planus::alloc::boxed::Box<self::Crop>),
CropAndResize(::planus::alloc::boxed::Box<self::CropAndResize>),
Dequantize(::planus::alloc::boxed::Box<self::Dequantize>),
DetectionOutput(::planus::alloc::boxed::Box<self::DetectionOutput>),
Eltwise(::planus::alloc::boxed::Box<self::Eltwise>),
ExpandDims(::planus::alloc::boxed::Box<self::ExpandDims>),
Fill(::planus::alloc::boxed::Box<self::Fill>),
Flatten(::planus::alloc::boxed::Box<self::Flatten>),
Gather(::planus::alloc::boxed::Box<self::Gather>),
GatherV2(::planus::alloc::boxed::Box<self::GatherV2>),
InnerProduct(::planus::alloc::boxed::Box<self::InnerProduct>),
Input(::planus::alloc::boxed::Box<self::Input>),
Interp(::planus::alloc::boxed::Box<self::Interp>),
Lrn(::planus::alloc::boxed::Box<self::Lrn>),
Lstm(::planus::alloc::boxed::Box<self::Lstm>),
MatMul(::planus::alloc::boxed::Box<self::MatMul>),
NonMaxSuppressionV2(::planus::alloc::boxed::Box<self::NonMaxSuppressionV2>),
Normalize(::planus::alloc::boxed::Box<self::Normalize>),
PackParam(::planus::alloc::boxed::Box<self::PackParam>),
Permute(::planus::alloc::boxed::Box<self::Permute>),
Plugin(::planus::alloc::boxed::Box<self::Plugin>),
Pool(::planus::alloc::boxed::Box<self::Pool>),
PRelu(::planus::alloc::boxed::Box<self::PRelu>),
PriorBox(::planus::alloc::boxed::Box<self::PriorBox>),
Proposal(::planus::alloc::boxed::Box<self::Proposal>),
QuantizedAvgPool(::planus::alloc::boxed::Box<self::QuantizedAvgPool>),
QuantizedBiasAdd(::planus::alloc::boxed::Box<self::QuantizedBiasAdd>),
QuantizedConcat(::planus::alloc::boxed::Box<self::QuantizedConcat>),
QuantizedLogistic(::planus::alloc::boxed::Box<self::QuantizedLogistic>),
QuantizedMatMul(::planus::alloc::boxed::Box<self::QuantizedMatMul>),
QuantizedMaxPool(::planus::alloc::boxed::Box<self::QuantizedMaxPool>),
QuantizedRelu(::planus::alloc::boxed::Box<self::QuantizedRelu>),
QuantizedRelu6(::planus::alloc::boxed::Box<self::QuantizedRelu6>),
QuantizedReshape(::planus::alloc::boxed::Box<self::QuantizedReshape>),
QuantizedSoftmax(::planus::alloc::boxed::Box<self::QuantizedSoftmax>),
QuantizeMaxMin(::planus::alloc::boxed::Box<self::QuantizeMaxMin>),
QuantizeV2(::planus::alloc::boxed::Box<self::QuantizeV2>),
Range(::planus::alloc::boxed::Box<self::Range>),
Rank(::planus::alloc::boxed::Box<self::Rank>),
ReduceJoin(::planus::alloc::boxed::Box<self::ReduceJoin>),
ReductionParam(::planus::alloc::boxed::Box<self::ReductionParam>),
Relu(::planus::alloc::boxed::Box<self::Relu>),
Relu6(::planus::alloc::boxed::Box<self::Relu6>),
RequantizationRange(::planus::alloc::boxed::Box<self::RequantizationRange>),
Requantize(::planus::alloc::boxed::Box<self::Requantize>),
Reshape(::planus::alloc::boxed::Box<self::Reshape>),
Resize(::planus::alloc::boxed::Box<self::Resize>),
RoiParameters(::planus::alloc::boxed::Box<self::RoiParameters>),
Scale(::planus::alloc::boxed::Box<self::Scale>),
Selu(::planus::alloc::boxed::Box<self::Selu>),
Size(::planus::alloc::boxed::Box<self::Size>),
Slice(::planus::alloc::boxed::Box<self::Slice>),
SliceTf(::planus::alloc::boxed::Box<self::SliceTf>),
SpaceBatch(::planus::alloc::boxed::Box<self::SpaceBatch>),
SqueezeParam(::planus::alloc::boxed::Box<self::SqueezeParam>),
StridedSliceParam(::planus::alloc::boxed::Box<self::StridedSliceParam>),
TensorConvertInfo(::planus::alloc::boxed::Box<self::TensorConvertInfo>),
TfQuantizedConv2D(::planus::alloc::boxed::Box<self::TfQuantizedConv2D>),
TopKv2(::planus::alloc::boxed::Box<self::TopKv2>),
Transpose(::planus::alloc::boxed::Box<self::Transpose>),
UnaryOp(::planus::alloc::boxed::Box<self::UnaryOp>),
MomentsParam(::planus::alloc::boxed::Box<self::MomentsParam>),
RnnParam(::planus::alloc::boxed::Box<self::RnnParam>),
BatchMatMulParam(::planus::alloc::boxed::Box<self::BatchMatMulParam>),
QuantizedFloatParam(::planus::alloc::boxed::Box<self::QuantizedFloatParam>),
DepthSpaceParam(::planus::alloc::boxed::Box<self::DepthSpaceParam>),
EltwiseInt8(::planus::alloc::boxed::Box<self::EltwiseInt8>),
ReverseSequenceParam(::planus::alloc::boxed::Box<self::ReverseSequenceParam>),
Extra(::planus::alloc::boxed::Box<self::Extra>),
Pool3D(::planus::alloc::boxed::Box<self::Pool3D>),
Convolution3D(::planus::alloc::boxed::Box<self::Convolution3D>),
Elu(::planus::alloc::boxed::Box<self::Elu>),
DetectionPostProcessParam(::planus::alloc::boxed::Box<self::DetectionPostProcessParam>),
OneHotParam(::planus::alloc::boxed::Box<self::OneHotParam>),
PadParam(::planus::alloc::boxed::Box<self::PadParam>),
WhileParam(::planus::alloc::boxed::Box<self::WhileParam>),
IfParam(::planus::alloc::boxed::Box<self::IfParam>),
RandomUniform(::planus::alloc::boxed::Box<self::RandomUniform>),
LayerNorm(::planus::alloc::boxed::Box<self::LayerNorm>),
TensorArray(::planus::alloc::boxed::Box<self::TensorArray>),
LstmBlockCell(::planus::alloc::boxed::Box<self::LstmBlockCell>),
GridSample(::planus::alloc::boxed::Box<self::GridSample>),
LoopParam(::planus::alloc::boxed::Box<self::LoopParam>),
ImageProcessParam(::planus::alloc::boxed::Box<self::ImageProcessParam>),
CumSum(::planus::alloc::boxed::Box<self::CumSum>),
GroupNorm(::planus::alloc::boxed::Box<self::GroupNorm>),
FmhaV2Param(::planus::alloc::boxed::Box<self::FmhaV2Param>),
FmhcaParam(::planus::alloc::boxed::Box<self::FmhcaParam>),
AttentionParam(::planus::alloc::boxed::Box<self::AttentionParam>),
StftParam(::planus::alloc::boxed::Box<self::StftParam>),
LinearAttentionParam(::planus::alloc::boxed::Box<self::LinearAttentionParam>),
ShapeParam(::planus::alloc::boxed::Box<self::ShapeParam>),
RoPeParam(::planus::alloc::boxed::Box<self::RoPeParam>),
}
impl OpParameter {
#[inline]
pub fn builder() -> OpParameterBuilder<::planus::Uninitialized> {
OpParameterBuilder(::planus::Uninitialized)
}
#[inline]
pub fn create_quantized_add(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedAdd>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(1, value.prepare(builder).downcast())
}
#[inline]
pub fn create_arg_max(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::ArgMax>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(2, value.prepare(builder).downcast())
}
#[inline]
pub fn create_as_string(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::AsString>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(3, value.prepare(builder).downcast())
}
#[inline]
pub fn create_axis(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Axis>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(4, value.prepare(builder).downcast())
}
#[inline]
pub fn create_batch_norm(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::BatchNorm>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(5, value.prepare(builder).downcast())
}
#[inline]
pub fn create_binary_op(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::BinaryOp>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(6, value.prepare(builder).downcast())
}
#[inline]
pub fn create_blob(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Blob>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(7, value.prepare(builder).downcast())
}
#[inline]
pub fn create_cast_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::CastParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(8, value.prepare(builder).downcast())
}
#[inline]
pub fn create_convolution2_d(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Convolution2D>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(9, value.prepare(builder).downcast())
}
#[inline]
pub fn create_crop(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Crop>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(10, value.prepare(builder).downcast())
}
#[inline]
pub fn create_crop_and_resize(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::CropAndResize>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(11, value.prepare(builder).downcast())
}
#[inline]
pub fn create_dequantize(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Dequantize>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(12, value.prepare(builder).downcast())
}
#[inline]
pub fn create_detection_output(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::DetectionOutput>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(13, value.prepare(builder).downcast())
}
#[inline]
pub fn create_eltwise(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Eltwise>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(14, value.prepare(builder).downcast())
}
#[inline]
pub fn create_expand_dims(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::ExpandDims>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(15, value.prepare(builder).downcast())
}
#[inline]
pub fn create_fill(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Fill>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(16, value.prepare(builder).downcast())
}
#[inline]
pub fn create_flatten(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Flatten>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(17, value.prepare(builder).downcast())
}
#[inline]
pub fn create_gather(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Gather>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(18, value.prepare(builder).downcast())
}
#[inline]
pub fn create_gather_v2(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::GatherV2>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(19, value.prepare(builder).downcast())
}
#[inline]
pub fn create_inner_product(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::InnerProduct>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(20, value.prepare(builder).downcast())
}
#[inline]
pub fn create_input(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Input>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(21, value.prepare(builder).downcast())
}
#[inline]
pub fn create_interp(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Interp>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(22, value.prepare(builder).downcast())
}
#[inline]
pub fn create_lrn(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Lrn>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(23, value.prepare(builder).downcast())
}
#[inline]
pub fn create_lstm(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Lstm>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(24, value.prepare(builder).downcast())
}
#[inline]
pub fn create_mat_mul(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::MatMul>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(25, value.prepare(builder).downcast())
}
#[inline]
pub fn create_non_max_suppression_v2(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::NonMaxSuppressionV2>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(26, value.prepare(builder).downcast())
}
#[inline]
pub fn create_normalize(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Normalize>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(27, value.prepare(builder).downcast())
}
#[inline]
pub fn create_pack_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::PackParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(28, value.prepare(builder).downcast())
}
#[inline]
pub fn create_permute(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Permute>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(29, value.prepare(builder).downcast())
}
#[inline]
pub fn create_plugin(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Plugin>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(30, value.prepare(builder).downcast())
}
#[inline]
pub fn create_pool(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Pool>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(31, value.prepare(builder).downcast())
}
#[inline]
pub fn create_p_relu(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::PRelu>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(32, value.prepare(builder).downcast())
}
#[inline]
pub fn create_prior_box(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::PriorBox>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(33, value.prepare(builder).downcast())
}
#[inline]
pub fn create_proposal(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Proposal>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(34, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_avg_pool(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedAvgPool>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(35, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_bias_add(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedBiasAdd>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(36, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_concat(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedConcat>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(37, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_logistic(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedLogistic>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(38, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_mat_mul(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedMatMul>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(39, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_max_pool(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedMaxPool>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(40, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_relu(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedRelu>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(41, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_relu6(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedRelu6>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(42, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_reshape(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedReshape>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(43, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_softmax(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedSoftmax>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(44, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantize_max_min(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizeMaxMin>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(45, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantize_v2(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizeV2>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(46, value.prepare(builder).downcast())
}
#[inline]
pub fn create_range(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Range>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(47, value.prepare(builder).downcast())
}
#[inline]
pub fn create_rank(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Rank>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(48, value.prepare(builder).downcast())
}
#[inline]
pub fn create_reduce_join(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::ReduceJoin>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(49, value.prepare(builder).downcast())
}
#[inline]
pub fn create_reduction_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::ReductionParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(50, value.prepare(builder).downcast())
}
#[inline]
pub fn create_relu(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Relu>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(51, value.prepare(builder).downcast())
}
#[inline]
pub fn create_relu6(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Relu6>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(52, value.prepare(builder).downcast())
}
#[inline]
pub fn create_requantization_range(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::RequantizationRange>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(53, value.prepare(builder).downcast())
}
#[inline]
pub fn create_requantize(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Requantize>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(54, value.prepare(builder).downcast())
}
#[inline]
pub fn create_reshape(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Reshape>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(55, value.prepare(builder).downcast())
}
#[inline]
pub fn create_resize(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Resize>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(56, value.prepare(builder).downcast())
}
#[inline]
pub fn create_roi_parameters(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::RoiParameters>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(57, value.prepare(builder).downcast())
}
#[inline]
pub fn create_scale(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Scale>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(58, value.prepare(builder).downcast())
}
#[inline]
pub fn create_selu(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Selu>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(59, value.prepare(builder).downcast())
}
#[inline]
pub fn create_size(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Size>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(60, value.prepare(builder).downcast())
}
#[inline]
pub fn create_slice(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Slice>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(61, value.prepare(builder).downcast())
}
#[inline]
pub fn create_slice_tf(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::SliceTf>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(62, value.prepare(builder).downcast())
}
#[inline]
pub fn create_space_batch(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::SpaceBatch>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(63, value.prepare(builder).downcast())
}
#[inline]
pub fn create_squeeze_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::SqueezeParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(64, value.prepare(builder).downcast())
}
#[inline]
pub fn create_strided_slice_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::StridedSliceParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(65, value.prepare(builder).downcast())
}
#[inline]
pub fn create_tensor_convert_info(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::TensorConvertInfo>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(66, value.prepare(builder).downcast())
}
#[inline]
pub fn create_tf_quantized_conv2_d(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::TfQuantizedConv2D>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(67, value.prepare(builder).downcast())
}
#[inline]
pub fn create_top_kv2(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::TopKv2>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(68, value.prepare(builder).downcast())
}
#[inline]
pub fn create_transpose(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Transpose>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(69, value.prepare(builder).downcast())
}
#[inline]
pub fn create_unary_op(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::UnaryOp>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(70, value.prepare(builder).downcast())
}
#[inline]
pub fn create_moments_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::MomentsParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(71, value.prepare(builder).downcast())
}
#[inline]
pub fn create_rnn_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::RnnParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(72, value.prepare(builder).downcast())
}
#[inline]
pub fn create_batch_mat_mul_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::BatchMatMulParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(73, value.prepare(builder).downcast())
}
#[inline]
pub fn create_quantized_float_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::QuantizedFloatParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(74, value.prepare(builder).downcast())
}
#[inline]
pub fn create_depth_space_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::DepthSpaceParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(75, value.prepare(builder).downcast())
}
#[inline]
pub fn create_eltwise_int8(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::EltwiseInt8>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(76, value.prepare(builder).downcast())
}
#[inline]
pub fn create_reverse_sequence_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::ReverseSequenceParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(77, value.prepare(builder).downcast())
}
#[inline]
pub fn create_extra(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Extra>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(78, value.prepare(builder).downcast())
}
#[inline]
pub fn create_pool3_d(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Pool3D>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(79, value.prepare(builder).downcast())
}
#[inline]
pub fn create_convolution3_d(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Convolution3D>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(80, value.prepare(builder).downcast())
}
#[inline]
pub fn create_elu(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::Elu>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(81, value.prepare(builder).downcast())
}
#[inline]
pub fn create_detection_post_process_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::DetectionPostProcessParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(82, value.prepare(builder).downcast())
}
#[inline]
pub fn create_one_hot_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::OneHotParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(83, value.prepare(builder).downcast())
}
#[inline]
pub fn create_pad_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::PadParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(84, value.prepare(builder).downcast())
}
#[inline]
pub fn create_while_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::WhileParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(85, value.prepare(builder).downcast())
}
#[inline]
pub fn create_if_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::IfParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(86, value.prepare(builder).downcast())
}
#[inline]
pub fn create_random_uniform(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::RandomUniform>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(87, value.prepare(builder).downcast())
}
#[inline]
pub fn create_layer_norm(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::LayerNorm>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(88, value.prepare(builder).downcast())
}
#[inline]
pub fn create_tensor_array(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::TensorArray>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(89, value.prepare(builder).downcast())
}
#[inline]
pub fn create_lstm_block_cell(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::LstmBlockCell>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(90, value.prepare(builder).downcast())
}
#[inline]
pub fn create_grid_sample(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::GridSample>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(91, value.prepare(builder).downcast())
}
#[inline]
pub fn create_loop_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::LoopParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(92, value.prepare(builder).downcast())
}
#[inline]
pub fn create_image_process_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::ImageProcessParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(93, value.prepare(builder).downcast())
}
#[inline]
pub fn create_cum_sum(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::CumSum>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(94, value.prepare(builder).downcast())
}
#[inline]
pub fn create_group_norm(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::GroupNorm>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(95, value.prepare(builder).downcast())
}
#[inline]
pub fn create_fmha_v2_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::FmhaV2Param>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(96, value.prepare(builder).downcast())
}
#[inline]
pub fn create_fmhca_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::FmhcaParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(97, value.prepare(builder).downcast())
}
#[inline]
pub fn create_attention_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::AttentionParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(98, value.prepare(builder).downcast())
}
#[inline]
pub fn create_stft_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::StftParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(99, value.prepare(builder).downcast())
}
#[inline]
pub fn create_linear_attention_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::LinearAttentionParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(100, value.prepare(builder).downcast())
}
#[inline]
pub fn create_shape_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::ShapeParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(101, value.prepare(builder).downcast())
}
#[inline]
pub fn create_ro_pe_param(
builder: &mut ::planus::Builder,
value: impl ::planus::WriteAsOffset<self::RoPeParam>,
) -> ::planus::UnionOffset<Self> {
::planus::UnionOffset::new(102, value.prepare(builder).downcast())
}
}
impl ::planus::WriteAsUnion<OpParameter> for OpParameter {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<Self> {
match self {
Self::QuantizedAdd(value) => Self::create_quantized_add(builder, value),
Self::ArgMax(value) => Self::create_arg_max(builder, value),
Self::AsString(value) => Self::create_as_string(builder, value),
Self::Axis(value) => Self::create_axis(builder, value),
Self::BatchNorm(value) => Self::create_batch_norm(builder, value),
Self::BinaryOp(value) => Self::create_binary_op(builder, value),
Self::Blob(value) => Self::create_blob(builder, value),
Self::CastParam(value) => Self::create_cast_param(builder, value),
Self::Convolution2D(value) => Self::create_convolution2_d(builder, value),
Self::Crop(value) => Self::create_crop(builder, value),
Self::CropAndResize(value) => Self::create_crop_and_resize(builder, value),
Self::Dequantize(value) => Self::create_dequantize(builder, value),
Self::DetectionOutput(value) => Self::create_detection_output(builder, value),
Self::Eltwise(value) => Self::create_eltwise(builder, value),
Self::ExpandDims(value) => Self::create_expand_dims(builder, value),
Self::Fill(value) => Self::create_fill(builder, value),
Self::Flatten(value) => Self::create_flatten(builder, value),
Self::Gather(value) => Self::create_gather(builder, value),
Self::GatherV2(value) => Self::create_gather_v2(builder, value),
Self::InnerProduct(value) => Self::create_inner_product(builder, value),
Self::Input(value) => Self::create_input(builder, value),
Self::Interp(value) => Self::create_interp(builder, value),
Self::Lrn(value) => Self::create_lrn(builder, value),
Self::Lstm(value) => Self::create_lstm(builder, value),
Self::MatMul(value) => Self::create_mat_mul(builder, value),
Self::NonMaxSuppressionV2(value) => Self::create_non_max_suppression_v2(builder, value),
Self::Normalize(value) => Self::create_normalize(builder, value),
Self::PackParam(value) => Self::create_pack_param(builder, value),
Self::Permute(value) => Self::create_permute(builder, value),
Self::Plugin(value) => Self::create_plugin(builder, value),
Self::Pool(value) => Self::create_pool(builder, value),
Self::PRelu(value) => Self::create_p_relu(builder, value),
Self::PriorBox(value) => Self::create_prior_box(builder, value),
Self::Proposal(value) => Self::create_proposal(builder, value),
Self::QuantizedAvgPool(value) => Self::create_quantized_avg_pool(builder, value),
Self::QuantizedBiasAdd(value) => Self::create_quantized_bias_add(builder, value),
Self::QuantizedConcat(value) => Self::create_quantized_concat(builder, value),
Self::QuantizedLogistic(value) => Self::create_quantized_logistic(builder, value),
Self::QuantizedMatMul(value) => Self::create_quantized_mat_mul(builder, value),
Self::QuantizedMaxPool(value) => Self::create_quantized_max_pool(builder, value),
Self::QuantizedRelu(value) => Self::create_quantized_relu(builder, value),
Self::QuantizedRelu6(value) => Self::create_quantized_relu6(builder, value),
Self::QuantizedReshape(value) => Self::create_quantized_reshape(builder, value),
Self::QuantizedSoftmax(value) => Self::create_quantized_softmax(builder, value),
Self::QuantizeMaxMin(value) => Self::create_quantize_max_min(builder, value),
Self::QuantizeV2(value) => Self::create_quantize_v2(builder, value),
Self::Range(value) => Self::create_range(builder, value),
Self::Rank(value) => Self::create_rank(builder, value),
Self::ReduceJoin(value) => Self::create_reduce_join(builder, value),
Self::ReductionParam(value) => Self::create_reduction_param(builder, value),
Self::Relu(value) => Self::create_relu(builder, value),
Self::Relu6(value) => Self::create_relu6(builder, value),
Self::RequantizationRange(value) => Self::create_requantization_range(builder, value),
Self::Requantize(value) => Self::create_requantize(builder, value),
Self::Reshape(value) => Self::create_reshape(builder, value),
Self::Resize(value) => Self::create_resize(builder, value),
Self::RoiParameters(value) => Self::create_roi_parameters(builder, value),
Self::Scale(value) => Self::create_scale(builder, value),
Self::Selu(value) => Self::create_selu(builder, value),
Self::Size(value) => Self::create_size(builder, value),
Self::Slice(value) => Self::create_slice(builder, value),
Self::SliceTf(value) => Self::create_slice_tf(builder, value),
Self::SpaceBatch(value) => Self::create_space_batch(builder, value),
Self::SqueezeParam(value) => Self::create_squeeze_param(builder, value),
Self::StridedSliceParam(value) => Self::create_strided_slice_param(builder, value),
Self::TensorConvertInfo(value) => Self::create_tensor_convert_info(builder, value),
Self::TfQuantizedConv2D(value) => Self::create_tf_quantized_conv2_d(builder, value),
Self::TopKv2(value) => Self::create_top_kv2(builder, value),
Self::Transpose(value) => Self::create_transpose(builder, value),
Self::UnaryOp(value) => Self::create_unary_op(builder, value),
Self::MomentsParam(value) => Self::create_moments_param(builder, value),
Self::RnnParam(value) => Self::create_rnn_param(builder, value),
Self::BatchMatMulParam(value) => Self::create_batch_mat_mul_param(builder, value),
Self::QuantizedFloatParam(value) => Self::create_quantized_float_param(builder, value),
Self::DepthSpaceParam(value) => Self::create_depth_space_param(builder, value),
Self::EltwiseInt8(value) => Self::create_eltwise_int8(builder, value),
Self::ReverseSequenceParam(value) => Self::create_reverse_sequence_param(builder, value),
Self::Extra(value) => Self::create_extra(builder, value),
Self::Pool3D(value) => Self::create_pool3_d(builder, value),
Self::Convolution3D(value) => Self::create_convolution3_d(builder, value),
Self::Elu(value) => Self::create_elu(builder, value),
Self::DetectionPostProcessParam(value) => Self::create_detection_post_process_param(builder, value),
Self::OneHotParam(value) => Self::create_one_hot_param(builder, value),
Self::PadParam(value) => Self::create_pad_param(builder, value),
Self::WhileParam(value) => Self::create_while_param(builder, value),
Self::IfParam(value) => Self::create_if_param(builder, value),
Self::RandomUniform(value) => Self::create_random_uniform(builder, value),
Self::LayerNorm(value) => Self::create_layer_norm(builder, value),
Self::TensorArray(value) => Self::create_tensor_array(builder, value),
Self::LstmBlockCell(value) => Self::create_lstm_block_cell(builder, value),
Self::GridSample(value) => Self::create_grid_sample(builder, value),
Self::LoopParam(value) => Self::create_loop_param(builder, value),
Self::ImageProcessParam(value) => Self::create_image_process_param(builder, value),
Self::CumSum(value) => Self::create_cum_sum(builder, value),
Self::GroupNorm(value) => Self::create_group_norm(builder, value),
Self::FmhaV2Param(value) => Self::create_fmha_v2_param(builder, value),
Self::FmhcaParam(value) => Self::create_fmhca_param(builder, value),
Self::AttentionParam(value) => Self::create_attention_param(builder, value),
Self::StftParam(value) => Self::create_stft_param(builder, value),
Self::LinearAttentionParam(value) => Self::create_linear_attention_param(builder, value),
Self::ShapeParam(value) => Self::create_shape_param(builder, value),
Self::RoPeParam(value) => Self::create_ro_pe_param(builder, value),
}
}
}
impl ::planus::WriteAsOptionalUnion<OpParameter> for OpParameter {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<Self>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
#[derive(Debug)]
#[must_use]
pub struct OpParameterBuilder<T>(T);
impl OpParameterBuilder<::planus::Uninitialized> {
#[inline]
pub fn quantized_add<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<1, T>>
where T: ::planus::WriteAsOffset<self::QuantizedAdd> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn arg_max<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<2, T>>
where T: ::planus::WriteAsOffset<self::ArgMax> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn as_string<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<3, T>>
where T: ::planus::WriteAsOffset<self::AsString> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn axis<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<4, T>>
where T: ::planus::WriteAsOffset<self::Axis> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn batch_norm<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<5, T>>
where T: ::planus::WriteAsOffset<self::BatchNorm> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn binary_op<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<6, T>>
where T: ::planus::WriteAsOffset<self::BinaryOp> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn blob<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<7, T>>
where T: ::planus::WriteAsOffset<self::Blob> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn cast_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<8, T>>
where T: ::planus::WriteAsOffset<self::CastParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn convolution2_d<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<9, T>>
where T: ::planus::WriteAsOffset<self::Convolution2D> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn crop<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<10, T>>
where T: ::planus::WriteAsOffset<self::Crop> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn crop_and_resize<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<11, T>>
where T: ::planus::WriteAsOffset<self::CropAndResize> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn dequantize<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<12, T>>
where T: ::planus::WriteAsOffset<self::Dequantize> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn detection_output<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<13, T>>
where T: ::planus::WriteAsOffset<self::DetectionOutput> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn eltwise<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<14, T>>
where T: ::planus::WriteAsOffset<self::Eltwise> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn expand_dims<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<15, T>>
where T: ::planus::WriteAsOffset<self::ExpandDims> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn fill<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<16, T>>
where T: ::planus::WriteAsOffset<self::Fill> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn flatten<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<17, T>>
where T: ::planus::WriteAsOffset<self::Flatten> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn gather<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<18, T>>
where T: ::planus::WriteAsOffset<self::Gather> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn gather_v2<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<19, T>>
where T: ::planus::WriteAsOffset<self::GatherV2> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn inner_product<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<20, T>>
where T: ::planus::WriteAsOffset<self::InnerProduct> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn input<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<21, T>>
where T: ::planus::WriteAsOffset<self::Input> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn interp<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<22, T>>
where T: ::planus::WriteAsOffset<self::Interp> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn lrn<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<23, T>>
where T: ::planus::WriteAsOffset<self::Lrn> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn lstm<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<24, T>>
where T: ::planus::WriteAsOffset<self::Lstm> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn mat_mul<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<25, T>>
where T: ::planus::WriteAsOffset<self::MatMul> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn non_max_suppression_v2<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<26, T>>
where T: ::planus::WriteAsOffset<self::NonMaxSuppressionV2> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn normalize<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<27, T>>
where T: ::planus::WriteAsOffset<self::Normalize> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn pack_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<28, T>>
where T: ::planus::WriteAsOffset<self::PackParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn permute<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<29, T>>
where T: ::planus::WriteAsOffset<self::Permute> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn plugin<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<30, T>>
where T: ::planus::WriteAsOffset<self::Plugin> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn pool<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<31, T>>
where T: ::planus::WriteAsOffset<self::Pool> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn p_relu<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<32, T>>
where T: ::planus::WriteAsOffset<self::PRelu> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn prior_box<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<33, T>>
where T: ::planus::WriteAsOffset<self::PriorBox> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn proposal<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<34, T>>
where T: ::planus::WriteAsOffset<self::Proposal> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_avg_pool<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<35, T>>
where T: ::planus::WriteAsOffset<self::QuantizedAvgPool> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_bias_add<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<36, T>>
where T: ::planus::WriteAsOffset<self::QuantizedBiasAdd> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_concat<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<37, T>>
where T: ::planus::WriteAsOffset<self::QuantizedConcat> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_logistic<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<38, T>>
where T: ::planus::WriteAsOffset<self::QuantizedLogistic> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_mat_mul<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<39, T>>
where T: ::planus::WriteAsOffset<self::QuantizedMatMul> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_max_pool<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<40, T>>
where T: ::planus::WriteAsOffset<self::QuantizedMaxPool> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_relu<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<41, T>>
where T: ::planus::WriteAsOffset<self::QuantizedRelu> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_relu6<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<42, T>>
where T: ::planus::WriteAsOffset<self::QuantizedRelu6> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_reshape<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<43, T>>
where T: ::planus::WriteAsOffset<self::QuantizedReshape> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_softmax<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<44, T>>
where T: ::planus::WriteAsOffset<self::QuantizedSoftmax> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantize_max_min<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<45, T>>
where T: ::planus::WriteAsOffset<self::QuantizeMaxMin> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantize_v2<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<46, T>>
where T: ::planus::WriteAsOffset<self::QuantizeV2> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn range<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<47, T>>
where T: ::planus::WriteAsOffset<self::Range> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn rank<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<48, T>>
where T: ::planus::WriteAsOffset<self::Rank> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn reduce_join<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<49, T>>
where T: ::planus::WriteAsOffset<self::ReduceJoin> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn reduction_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<50, T>>
where T: ::planus::WriteAsOffset<self::ReductionParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn relu<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<51, T>>
where T: ::planus::WriteAsOffset<self::Relu> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn relu6<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<52, T>>
where T: ::planus::WriteAsOffset<self::Relu6> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn requantization_range<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<53, T>>
where T: ::planus::WriteAsOffset<self::RequantizationRange> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn requantize<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<54, T>>
where T: ::planus::WriteAsOffset<self::Requantize> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn reshape<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<55, T>>
where T: ::planus::WriteAsOffset<self::Reshape> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn resize<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<56, T>>
where T: ::planus::WriteAsOffset<self::Resize> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn roi_parameters<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<57, T>>
where T: ::planus::WriteAsOffset<self::RoiParameters> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn scale<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<58, T>>
where T: ::planus::WriteAsOffset<self::Scale> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn selu<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<59, T>>
where T: ::planus::WriteAsOffset<self::Selu> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn size<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<60, T>>
where T: ::planus::WriteAsOffset<self::Size> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn slice<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<61, T>>
where T: ::planus::WriteAsOffset<self::Slice> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn slice_tf<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<62, T>>
where T: ::planus::WriteAsOffset<self::SliceTf> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn space_batch<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<63, T>>
where T: ::planus::WriteAsOffset<self::SpaceBatch> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn squeeze_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<64, T>>
where T: ::planus::WriteAsOffset<self::SqueezeParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn strided_slice_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<65, T>>
where T: ::planus::WriteAsOffset<self::StridedSliceParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn tensor_convert_info<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<66, T>>
where T: ::planus::WriteAsOffset<self::TensorConvertInfo> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn tf_quantized_conv2_d<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<67, T>>
where T: ::planus::WriteAsOffset<self::TfQuantizedConv2D> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn top_kv2<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<68, T>>
where T: ::planus::WriteAsOffset<self::TopKv2> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn transpose<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<69, T>>
where T: ::planus::WriteAsOffset<self::Transpose> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn unary_op<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<70, T>>
where T: ::planus::WriteAsOffset<self::UnaryOp> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn moments_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<71, T>>
where T: ::planus::WriteAsOffset<self::MomentsParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn rnn_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<72, T>>
where T: ::planus::WriteAsOffset<self::RnnParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn batch_mat_mul_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<73, T>>
where T: ::planus::WriteAsOffset<self::BatchMatMulParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn quantized_float_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<74, T>>
where T: ::planus::WriteAsOffset<self::QuantizedFloatParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn depth_space_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<75, T>>
where T: ::planus::WriteAsOffset<self::DepthSpaceParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn eltwise_int8<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<76, T>>
where T: ::planus::WriteAsOffset<self::EltwiseInt8> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn reverse_sequence_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<77, T>>
where T: ::planus::WriteAsOffset<self::ReverseSequenceParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn extra<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<78, T>>
where T: ::planus::WriteAsOffset<self::Extra> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn pool3_d<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<79, T>>
where T: ::planus::WriteAsOffset<self::Pool3D> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn convolution3_d<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<80, T>>
where T: ::planus::WriteAsOffset<self::Convolution3D> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn elu<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<81, T>>
where T: ::planus::WriteAsOffset<self::Elu> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn detection_post_process_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<82, T>>
where T: ::planus::WriteAsOffset<self::DetectionPostProcessParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn one_hot_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<83, T>>
where T: ::planus::WriteAsOffset<self::OneHotParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn pad_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<84, T>>
where T: ::planus::WriteAsOffset<self::PadParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn while_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<85, T>>
where T: ::planus::WriteAsOffset<self::WhileParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn if_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<86, T>>
where T: ::planus::WriteAsOffset<self::IfParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn random_uniform<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<87, T>>
where T: ::planus::WriteAsOffset<self::RandomUniform> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn layer_norm<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<88, T>>
where T: ::planus::WriteAsOffset<self::LayerNorm> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn tensor_array<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<89, T>>
where T: ::planus::WriteAsOffset<self::TensorArray> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn lstm_block_cell<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<90, T>>
where T: ::planus::WriteAsOffset<self::LstmBlockCell> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn grid_sample<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<91, T>>
where T: ::planus::WriteAsOffset<self::GridSample> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn loop_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<92, T>>
where T: ::planus::WriteAsOffset<self::LoopParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn image_process_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<93, T>>
where T: ::planus::WriteAsOffset<self::ImageProcessParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn cum_sum<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<94, T>>
where T: ::planus::WriteAsOffset<self::CumSum> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn group_norm<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<95, T>>
where T: ::planus::WriteAsOffset<self::GroupNorm> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn fmha_v2_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<96, T>>
where T: ::planus::WriteAsOffset<self::FmhaV2Param> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn fmhca_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<97, T>>
where T: ::planus::WriteAsOffset<self::FmhcaParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn attention_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<98, T>>
where T: ::planus::WriteAsOffset<self::AttentionParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn stft_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<99, T>>
where T: ::planus::WriteAsOffset<self::StftParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn linear_attention_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<100, T>>
where T: ::planus::WriteAsOffset<self::LinearAttentionParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn shape_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<101, T>>
where T: ::planus::WriteAsOffset<self::ShapeParam> {
OpParameterBuilder(::planus::Initialized(value))
}
#[inline]
pub fn ro_pe_param<T>(
self,
value: T,
) -> OpParameterBuilder<::planus::Initialized<102, T>>
where T: ::planus::WriteAsOffset<self::RoPeParam> {
OpParameterBuilder(::planus::Initialized(value))
}
}
impl<const N: u8, T> OpParameterBuilder<::planus::Initialized<N, T>> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter>
where Self: ::planus::WriteAsUnion<OpParameter>
{
::planus::WriteAsUnion::prepare(&self, builder)
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<1, T>>
where T: ::planus::WriteAsOffset<self::QuantizedAdd>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(1, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<1, T>>
where T: ::planus::WriteAsOffset<self::QuantizedAdd>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<2, T>>
where T: ::planus::WriteAsOffset<self::ArgMax>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(2, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<2, T>>
where T: ::planus::WriteAsOffset<self::ArgMax>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<3, T>>
where T: ::planus::WriteAsOffset<self::AsString>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(3, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<3, T>>
where T: ::planus::WriteAsOffset<self::AsString>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<4, T>>
where T: ::planus::WriteAsOffset<self::Axis>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(4, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<4, T>>
where T: ::planus::WriteAsOffset<self::Axis>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<5, T>>
where T: ::planus::WriteAsOffset<self::BatchNorm>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(5, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<5, T>>
where T: ::planus::WriteAsOffset<self::BatchNorm>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<6, T>>
where T: ::planus::WriteAsOffset<self::BinaryOp>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(6, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<6, T>>
where T: ::planus::WriteAsOffset<self::BinaryOp>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<7, T>>
where T: ::planus::WriteAsOffset<self::Blob>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(7, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<7, T>>
where T: ::planus::WriteAsOffset<self::Blob>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<8, T>>
where T: ::planus::WriteAsOffset<self::CastParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(8, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<8, T>>
where T: ::planus::WriteAsOffset<self::CastParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<9, T>>
where T: ::planus::WriteAsOffset<self::Convolution2D>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(9, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<9, T>>
where T: ::planus::WriteAsOffset<self::Convolution2D>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<10, T>>
where T: ::planus::WriteAsOffset<self::Crop>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(10, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<10, T>>
where T: ::planus::WriteAsOffset<self::Crop>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<11, T>>
where T: ::planus::WriteAsOffset<self::CropAndResize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(11, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<11, T>>
where T: ::planus::WriteAsOffset<self::CropAndResize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<12, T>>
where T: ::planus::WriteAsOffset<self::Dequantize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(12, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<12, T>>
where T: ::planus::WriteAsOffset<self::Dequantize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<13, T>>
where T: ::planus::WriteAsOffset<self::DetectionOutput>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(13, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<13, T>>
where T: ::planus::WriteAsOffset<self::DetectionOutput>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<14, T>>
where T: ::planus::WriteAsOffset<self::Eltwise>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(14, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<14, T>>
where T: ::planus::WriteAsOffset<self::Eltwise>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<15, T>>
where T: ::planus::WriteAsOffset<self::ExpandDims>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(15, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<15, T>>
where T: ::planus::WriteAsOffset<self::ExpandDims>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<16, T>>
where T: ::planus::WriteAsOffset<self::Fill>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(16, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<16, T>>
where T: ::planus::WriteAsOffset<self::Fill>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<17, T>>
where T: ::planus::WriteAsOffset<self::Flatten>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(17, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<17, T>>
where T: ::planus::WriteAsOffset<self::Flatten>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<18, T>>
where T: ::planus::WriteAsOffset<self::Gather>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(18, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<18, T>>
where T: ::planus::WriteAsOffset<self::Gather>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<19, T>>
where T: ::planus::WriteAsOffset<self::GatherV2>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(19, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<19, T>>
where T: ::planus::WriteAsOffset<self::GatherV2>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<20, T>>
where T: ::planus::WriteAsOffset<self::InnerProduct>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(20, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<20, T>>
where T: ::planus::WriteAsOffset<self::InnerProduct>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<21, T>>
where T: ::planus::WriteAsOffset<self::Input>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(21, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<21, T>>
where T: ::planus::WriteAsOffset<self::Input>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<22, T>>
where T: ::planus::WriteAsOffset<self::Interp>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(22, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<22, T>>
where T: ::planus::WriteAsOffset<self::Interp>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<23, T>>
where T: ::planus::WriteAsOffset<self::Lrn>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(23, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<23, T>>
where T: ::planus::WriteAsOffset<self::Lrn>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<24, T>>
where T: ::planus::WriteAsOffset<self::Lstm>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(24, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<24, T>>
where T: ::planus::WriteAsOffset<self::Lstm>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<25, T>>
where T: ::planus::WriteAsOffset<self::MatMul>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(25, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<25, T>>
where T: ::planus::WriteAsOffset<self::MatMul>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<26, T>>
where T: ::planus::WriteAsOffset<self::NonMaxSuppressionV2>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(26, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<26, T>>
where T: ::planus::WriteAsOffset<self::NonMaxSuppressionV2>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<27, T>>
where T: ::planus::WriteAsOffset<self::Normalize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(27, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<27, T>>
where T: ::planus::WriteAsOffset<self::Normalize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<28, T>>
where T: ::planus::WriteAsOffset<self::PackParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(28, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<28, T>>
where T: ::planus::WriteAsOffset<self::PackParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<29, T>>
where T: ::planus::WriteAsOffset<self::Permute>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(29, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<29, T>>
where T: ::planus::WriteAsOffset<self::Permute>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<30, T>>
where T: ::planus::WriteAsOffset<self::Plugin>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(30, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<30, T>>
where T: ::planus::WriteAsOffset<self::Plugin>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<31, T>>
where T: ::planus::WriteAsOffset<self::Pool>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(31, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<31, T>>
where T: ::planus::WriteAsOffset<self::Pool>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<32, T>>
where T: ::planus::WriteAsOffset<self::PRelu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(32, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<32, T>>
where T: ::planus::WriteAsOffset<self::PRelu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<33, T>>
where T: ::planus::WriteAsOffset<self::PriorBox>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(33, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<33, T>>
where T: ::planus::WriteAsOffset<self::PriorBox>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<34, T>>
where T: ::planus::WriteAsOffset<self::Proposal>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(34, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<34, T>>
where T: ::planus::WriteAsOffset<self::Proposal>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<35, T>>
where T: ::planus::WriteAsOffset<self::QuantizedAvgPool>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(35, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<35, T>>
where T: ::planus::WriteAsOffset<self::QuantizedAvgPool>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<36, T>>
where T: ::planus::WriteAsOffset<self::QuantizedBiasAdd>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(36, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<36, T>>
where T: ::planus::WriteAsOffset<self::QuantizedBiasAdd>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<37, T>>
where T: ::planus::WriteAsOffset<self::QuantizedConcat>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(37, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<37, T>>
where T: ::planus::WriteAsOffset<self::QuantizedConcat>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<38, T>>
where T: ::planus::WriteAsOffset<self::QuantizedLogistic>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(38, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<38, T>>
where T: ::planus::WriteAsOffset<self::QuantizedLogistic>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<39, T>>
where T: ::planus::WriteAsOffset<self::QuantizedMatMul>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(39, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<39, T>>
where T: ::planus::WriteAsOffset<self::QuantizedMatMul>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<40, T>>
where T: ::planus::WriteAsOffset<self::QuantizedMaxPool>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(40, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<40, T>>
where T: ::planus::WriteAsOffset<self::QuantizedMaxPool>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<41, T>>
where T: ::planus::WriteAsOffset<self::QuantizedRelu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(41, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<41, T>>
where T: ::planus::WriteAsOffset<self::QuantizedRelu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<42, T>>
where T: ::planus::WriteAsOffset<self::QuantizedRelu6>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(42, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<42, T>>
where T: ::planus::WriteAsOffset<self::QuantizedRelu6>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<43, T>>
where T: ::planus::WriteAsOffset<self::QuantizedReshape>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(43, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<43, T>>
where T: ::planus::WriteAsOffset<self::QuantizedReshape>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<44, T>>
where T: ::planus::WriteAsOffset<self::QuantizedSoftmax>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(44, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<44, T>>
where T: ::planus::WriteAsOffset<self::QuantizedSoftmax>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<45, T>>
where T: ::planus::WriteAsOffset<self::QuantizeMaxMin>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(45, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<45, T>>
where T: ::planus::WriteAsOffset<self::QuantizeMaxMin>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<46, T>>
where T: ::planus::WriteAsOffset<self::QuantizeV2>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(46, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<46, T>>
where T: ::planus::WriteAsOffset<self::QuantizeV2>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<47, T>>
where T: ::planus::WriteAsOffset<self::Range>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(47, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<47, T>>
where T: ::planus::WriteAsOffset<self::Range>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<48, T>>
where T: ::planus::WriteAsOffset<self::Rank>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(48, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<48, T>>
where T: ::planus::WriteAsOffset<self::Rank>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<49, T>>
where T: ::planus::WriteAsOffset<self::ReduceJoin>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(49, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<49, T>>
where T: ::planus::WriteAsOffset<self::ReduceJoin>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<50, T>>
where T: ::planus::WriteAsOffset<self::ReductionParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(50, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<50, T>>
where T: ::planus::WriteAsOffset<self::ReductionParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<51, T>>
where T: ::planus::WriteAsOffset<self::Relu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(51, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<51, T>>
where T: ::planus::WriteAsOffset<self::Relu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<52, T>>
where T: ::planus::WriteAsOffset<self::Relu6>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(52, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<52, T>>
where T: ::planus::WriteAsOffset<self::Relu6>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<53, T>>
where T: ::planus::WriteAsOffset<self::RequantizationRange>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(53, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<53, T>>
where T: ::planus::WriteAsOffset<self::RequantizationRange>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<54, T>>
where T: ::planus::WriteAsOffset<self::Requantize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(54, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<54, T>>
where T: ::planus::WriteAsOffset<self::Requantize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<55, T>>
where T: ::planus::WriteAsOffset<self::Reshape>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(55, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<55, T>>
where T: ::planus::WriteAsOffset<self::Reshape>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<56, T>>
where T: ::planus::WriteAsOffset<self::Resize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(56, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<56, T>>
where T: ::planus::WriteAsOffset<self::Resize>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<57, T>>
where T: ::planus::WriteAsOffset<self::RoiParameters>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(57, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<57, T>>
where T: ::planus::WriteAsOffset<self::RoiParameters>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<58, T>>
where T: ::planus::WriteAsOffset<self::Scale>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(58, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<58, T>>
where T: ::planus::WriteAsOffset<self::Scale>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<59, T>>
where T: ::planus::WriteAsOffset<self::Selu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(59, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<59, T>>
where T: ::planus::WriteAsOffset<self::Selu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<60, T>>
where T: ::planus::WriteAsOffset<self::Size>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(60, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<60, T>>
where T: ::planus::WriteAsOffset<self::Size>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<61, T>>
where T: ::planus::WriteAsOffset<self::Slice>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(61, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<61, T>>
where T: ::planus::WriteAsOffset<self::Slice>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<62, T>>
where T: ::planus::WriteAsOffset<self::SliceTf>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(62, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<62, T>>
where T: ::planus::WriteAsOffset<self::SliceTf>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<63, T>>
where T: ::planus::WriteAsOffset<self::SpaceBatch>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(63, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<63, T>>
where T: ::planus::WriteAsOffset<self::SpaceBatch>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<64, T>>
where T: ::planus::WriteAsOffset<self::SqueezeParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(64, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<64, T>>
where T: ::planus::WriteAsOffset<self::SqueezeParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<65, T>>
where T: ::planus::WriteAsOffset<self::StridedSliceParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(65, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<65, T>>
where T: ::planus::WriteAsOffset<self::StridedSliceParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<66, T>>
where T: ::planus::WriteAsOffset<self::TensorConvertInfo>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(66, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<66, T>>
where T: ::planus::WriteAsOffset<self::TensorConvertInfo>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<67, T>>
where T: ::planus::WriteAsOffset<self::TfQuantizedConv2D>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(67, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<67, T>>
where T: ::planus::WriteAsOffset<self::TfQuantizedConv2D>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<68, T>>
where T: ::planus::WriteAsOffset<self::TopKv2>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(68, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<68, T>>
where T: ::planus::WriteAsOffset<self::TopKv2>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<69, T>>
where T: ::planus::WriteAsOffset<self::Transpose>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(69, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<69, T>>
where T: ::planus::WriteAsOffset<self::Transpose>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<70, T>>
where T: ::planus::WriteAsOffset<self::UnaryOp>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(70, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<70, T>>
where T: ::planus::WriteAsOffset<self::UnaryOp>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<71, T>>
where T: ::planus::WriteAsOffset<self::MomentsParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(71, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<71, T>>
where T: ::planus::WriteAsOffset<self::MomentsParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<72, T>>
where T: ::planus::WriteAsOffset<self::RnnParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(72, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<72, T>>
where T: ::planus::WriteAsOffset<self::RnnParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<73, T>>
where T: ::planus::WriteAsOffset<self::BatchMatMulParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(73, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<73, T>>
where T: ::planus::WriteAsOffset<self::BatchMatMulParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<74, T>>
where T: ::planus::WriteAsOffset<self::QuantizedFloatParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(74, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<74, T>>
where T: ::planus::WriteAsOffset<self::QuantizedFloatParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<75, T>>
where T: ::planus::WriteAsOffset<self::DepthSpaceParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(75, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<75, T>>
where T: ::planus::WriteAsOffset<self::DepthSpaceParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<76, T>>
where T: ::planus::WriteAsOffset<self::EltwiseInt8>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(76, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<76, T>>
where T: ::planus::WriteAsOffset<self::EltwiseInt8>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<77, T>>
where T: ::planus::WriteAsOffset<self::ReverseSequenceParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(77, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<77, T>>
where T: ::planus::WriteAsOffset<self::ReverseSequenceParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<78, T>>
where T: ::planus::WriteAsOffset<self::Extra>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(78, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<78, T>>
where T: ::planus::WriteAsOffset<self::Extra>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<79, T>>
where T: ::planus::WriteAsOffset<self::Pool3D>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(79, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<79, T>>
where T: ::planus::WriteAsOffset<self::Pool3D>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<80, T>>
where T: ::planus::WriteAsOffset<self::Convolution3D>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(80, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<80, T>>
where T: ::planus::WriteAsOffset<self::Convolution3D>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<81, T>>
where T: ::planus::WriteAsOffset<self::Elu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(81, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<81, T>>
where T: ::planus::WriteAsOffset<self::Elu>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<82, T>>
where T: ::planus::WriteAsOffset<self::DetectionPostProcessParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(82, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<82, T>>
where T: ::planus::WriteAsOffset<self::DetectionPostProcessParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<83, T>>
where T: ::planus::WriteAsOffset<self::OneHotParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(83, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<83, T>>
where T: ::planus::WriteAsOffset<self::OneHotParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<84, T>>
where T: ::planus::WriteAsOffset<self::PadParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(84, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<84, T>>
where T: ::planus::WriteAsOffset<self::PadParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<85, T>>
where T: ::planus::WriteAsOffset<self::WhileParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(85, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<85, T>>
where T: ::planus::WriteAsOffset<self::WhileParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<86, T>>
where T: ::planus::WriteAsOffset<self::IfParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(86, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<86, T>>
where T: ::planus::WriteAsOffset<self::IfParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<87, T>>
where T: ::planus::WriteAsOffset<self::RandomUniform>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(87, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<87, T>>
where T: ::planus::WriteAsOffset<self::RandomUniform>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<88, T>>
where T: ::planus::WriteAsOffset<self::LayerNorm>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(88, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<88, T>>
where T: ::planus::WriteAsOffset<self::LayerNorm>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<89, T>>
where T: ::planus::WriteAsOffset<self::TensorArray>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(89, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<89, T>>
where T: ::planus::WriteAsOffset<self::TensorArray>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<90, T>>
where T: ::planus::WriteAsOffset<self::LstmBlockCell>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(90, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<90, T>>
where T: ::planus::WriteAsOffset<self::LstmBlockCell>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<91, T>>
where T: ::planus::WriteAsOffset<self::GridSample>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(91, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<91, T>>
where T: ::planus::WriteAsOffset<self::GridSample>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<92, T>>
where T: ::planus::WriteAsOffset<self::LoopParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(92, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<92, T>>
where T: ::planus::WriteAsOffset<self::LoopParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<93, T>>
where T: ::planus::WriteAsOffset<self::ImageProcessParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(93, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<93, T>>
where T: ::planus::WriteAsOffset<self::ImageProcessParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<94, T>>
where T: ::planus::WriteAsOffset<self::CumSum>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(94, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<94, T>>
where T: ::planus::WriteAsOffset<self::CumSum>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<95, T>>
where T: ::planus::WriteAsOffset<self::GroupNorm>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(95, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<95, T>>
where T: ::planus::WriteAsOffset<self::GroupNorm>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<96, T>>
where T: ::planus::WriteAsOffset<self::FmhaV2Param>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(96, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<96, T>>
where T: ::planus::WriteAsOffset<self::FmhaV2Param>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<97, T>>
where T: ::planus::WriteAsOffset<self::FmhcaParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(97, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<97, T>>
where T: ::planus::WriteAsOffset<self::FmhcaParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<98, T>>
where T: ::planus::WriteAsOffset<self::AttentionParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(98, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<98, T>>
where T: ::planus::WriteAsOffset<self::AttentionParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<99, T>>
where T: ::planus::WriteAsOffset<self::StftParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(99, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<99, T>>
where T: ::planus::WriteAsOffset<self::StftParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<100, T>>
where T: ::planus::WriteAsOffset<self::LinearAttentionParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(100, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<100, T>>
where T: ::planus::WriteAsOffset<self::LinearAttentionParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<101, T>>
where T: ::planus::WriteAsOffset<self::ShapeParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(101, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<101, T>>
where T: ::planus::WriteAsOffset<self::ShapeParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
impl<T> ::planus::WriteAsUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<102, T>>
where T: ::planus::WriteAsOffset<self::RoPeParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::UnionOffset<OpParameter> {
::planus::UnionOffset::new(102, (self.0).0.prepare(builder).downcast())
}
}
impl<T> ::planus::WriteAsOptionalUnion<OpParameter> for OpParameterBuilder<::planus::Initialized<102, T>>
where T: ::planus::WriteAsOffset<self::RoPeParam>
{
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::UnionOffset<OpParameter>> {
::core::option::Option::Some(::planus::WriteAsUnion::prepare(self, builder))
}
}
#[derive(Copy, Clone, Debug)]
pub enum OpParameterRef<'a>{
QuantizedAdd(self::QuantizedAddRef<'a>),
ArgMax(self::ArgMaxRef<'a>),
AsString(self::AsStringRef<'a>),
Axis(self::AxisRef<'a>),
BatchNorm(self::BatchNormRef<'a>),
BinaryOp(self::BinaryOpRef<'a>),
Blob(self::BlobRef<'a>),
CastParam(self::CastParamRef<'a>),
Convolution2D(self::Convolution2DRef<'a>),
Crop(self::CropRef<'a>),
CropAndResize(self::CropAndResizeRef<'a>),
Dequantize(self::DequantizeRef<'a>),
DetectionOutput(self::DetectionOutputRef<'a>),
Eltwise(self::EltwiseRef<'a>),
ExpandDims(self::ExpandDimsRef<'a>),
Fill(self::FillRef<'a>),
Flatten(self::FlattenRef<'a>),
Gather(self::GatherRef<'a>),
GatherV2(self::GatherV2Ref<'a>),
InnerProduct(self::InnerProductRef<'a>),
Input(self::InputRef<'a>),
Interp(self::InterpRef<'a>),
Lrn(self::LrnRef<'a>),
Lstm(self::LstmRef<'a>),
MatMul(self::MatMulRef<'a>),
NonMaxSuppressionV2(self::NonMaxSuppressionV2Ref<'a>),
Normalize(self::NormalizeRef<'a>),
PackParam(self::PackParamRef<'a>),
Permute(self::PermuteRef<'a>),
Plugin(self::PluginRef<'a>),
Pool(self::PoolRef<'a>),
PRelu(self::PReluRef<'a>),
PriorBox(self::PriorBoxRef<'a>),
Proposal(self::ProposalRef<'a>),
QuantizedAvgPool(self::QuantizedAvgPoolRef<'a>),
QuantizedBiasAdd(self::QuantizedBiasAddRef<'a>),
QuantizedConcat(self::QuantizedConcatRef<'a>),
QuantizedLogistic(self::QuantizedLogisticRef<'a>),
QuantizedMatMul(self::QuantizedMatMulRef<'a>),
QuantizedMaxPool(self::QuantizedMaxPoolRef<'a>),
QuantizedRelu(self::QuantizedReluRef<'a>),
QuantizedRelu6(self::QuantizedRelu6Ref<'a>),
QuantizedReshape(self::QuantizedReshapeRef<'a>),
QuantizedSoftmax(self::QuantizedSoftmaxRef<'a>),
QuantizeMaxMin(self::QuantizeMaxMinRef<'a>),
QuantizeV2(self::QuantizeV2Ref<'a>),
Range(self::RangeRef<'a>),
Rank(self::RankRef<'a>),
ReduceJoin(self::ReduceJoinRef<'a>),
ReductionParam(self::ReductionParamRef<'a>),
Relu(self::ReluRef<'a>),
Relu6(self::Relu6Ref<'a>),
RequantizationRange(self::RequantizationRangeRef<'a>),
Requantize(self::RequantizeRef<'a>),
Reshape(self::ReshapeRef<'a>),
Resize(self::ResizeRef<'a>),
RoiParameters(self::RoiParametersRef<'a>),
Scale(self::ScaleRef<'a>),
Selu(self::SeluRef<'a>),
Size(self::SizeRef<'a>),
Slice(self::SliceRef<'a>),
SliceTf(self::SliceTfRef<'a>),
SpaceBatch(self::SpaceBatchRef<'a>),
SqueezeParam(self::SqueezeParamRef<'a>),
StridedSliceParam(self::StridedSliceParamRef<'a>),
TensorConvertInfo(self::TensorConvertInfoRef<'a>),
TfQuantizedConv2D(self::TfQuantizedConv2DRef<'a>),
TopKv2(self::TopKv2Ref<'a>),
Transpose(self::TransposeRef<'a>),
UnaryOp(self::UnaryOpRef<'a>),
MomentsParam(self::MomentsParamRef<'a>),
RnnParam(self::RnnParamRef<'a>),
BatchMatMulParam(self::BatchMatMulParamRef<'a>),
QuantizedFloatParam(self::QuantizedFloatParamRef<'a>),
DepthSpaceParam(self::DepthSpaceParamRef<'a>),
EltwiseInt8(self::EltwiseInt8Ref<'a>),
ReverseSequenceParam(self::ReverseSequenceParamRef<'a>),
Extra(self::ExtraRef<'a>),
Pool3D(self::Pool3DRef<'a>),
Convolution3D(self::Convolution3DRef<'a>),
Elu(self::EluRef<'a>),
DetectionPostProcessParam(self::DetectionPostProcessParamRef<'a>),
OneHotParam(self::OneHotParamRef<'a>),
PadParam(self::PadParamRef<'a>),
WhileParam(self::WhileParamRef<'a>),
IfParam(self::IfParamRef<'a>),
RandomUniform(self::RandomUniformRef<'a>),
LayerNorm(self::LayerNormRef<'a>),
TensorArray(self::TensorArrayRef<'a>),
LstmBlockCell(self::LstmBlockCellRef<'a>),
GridSample(self::GridSampleRef<'a>),
LoopParam(self::LoopParamRef<'a>),
ImageProcessParam(self::ImageProcessParamRef<'a>),
CumSum(self::CumSumRef<'a>),
GroupNorm(self::GroupNormRef<'a>),
FmhaV2Param(self::FmhaV2ParamRef<'a>),
FmhcaParam(self::FmhcaParamRef<'a>),
AttentionParam(self::AttentionParamRef<'a>),
StftParam(self::StftParamRef<'a>),
LinearAttentionParam(self::LinearAttentionParamRef<'a>),
ShapeParam(self::ShapeParamRef<'a>),
RoPeParam(self::RoPeParamRef<'a>),
}
impl<'a> ::core::convert::TryFrom<OpParameterRef<'a>> for OpParameter {
type Error = ::planus::Error;
fn try_from(value: OpParameterRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(match value {
OpParameterRef::QuantizedAdd(value) => Self::QuantizedAdd(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::ArgMax(value) => Self::ArgMax(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::AsString(value) => Self::AsString(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Axis(value) => Self::Axis(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::BatchNorm(value) => Self::BatchNorm(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::BinaryOp(value) => Self::BinaryOp(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Blob(value) => Self::Blob(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::CastParam(value) => Self::CastParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Convolution2D(value) => Self::Convolution2D(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Crop(value) => Self::Crop(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::CropAndResize(value) => Self::CropAndResize(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Dequantize(value) => Self::Dequantize(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::DetectionOutput(value) => Self::DetectionOutput(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Eltwise(value) => Self::Eltwise(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::ExpandDims(value) => Self::ExpandDims(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Fill(value) => Self::Fill(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Flatten(value) => Self::Flatten(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Gather(value) => Self::Gather(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::GatherV2(value) => Self::GatherV2(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::InnerProduct(value) => Self::InnerProduct(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Input(value) => Self::Input(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Interp(value) => Self::Interp(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Lrn(value) => Self::Lrn(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Lstm(value) => Self::Lstm(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::MatMul(value) => Self::MatMul(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::NonMaxSuppressionV2(value) => Self::NonMaxSuppressionV2(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Normalize(value) => Self::Normalize(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::PackParam(value) => Self::PackParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Permute(value) => Self::Permute(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Plugin(value) => Self::Plugin(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Pool(value) => Self::Pool(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::PRelu(value) => Self::PRelu(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::PriorBox(value) => Self::PriorBox(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Proposal(value) => Self::Proposal(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedAvgPool(value) => Self::QuantizedAvgPool(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedBiasAdd(value) => Self::QuantizedBiasAdd(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedConcat(value) => Self::QuantizedConcat(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedLogistic(value) => Self::QuantizedLogistic(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedMatMul(value) => Self::QuantizedMatMul(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedMaxPool(value) => Self::QuantizedMaxPool(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedRelu(value) => Self::QuantizedRelu(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedRelu6(value) => Self::QuantizedRelu6(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedReshape(value) => Self::QuantizedReshape(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedSoftmax(value) => Self::QuantizedSoftmax(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizeMaxMin(value) => Self::QuantizeMaxMin(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizeV2(value) => Self::QuantizeV2(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Range(value) => Self::Range(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Rank(value) => Self::Rank(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::ReduceJoin(value) => Self::ReduceJoin(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::ReductionParam(value) => Self::ReductionParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Relu(value) => Self::Relu(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Relu6(value) => Self::Relu6(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::RequantizationRange(value) => Self::RequantizationRange(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Requantize(value) => Self::Requantize(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Reshape(value) => Self::Reshape(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Resize(value) => Self::Resize(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::RoiParameters(value) => Self::RoiParameters(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Scale(value) => Self::Scale(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Selu(value) => Self::Selu(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Size(value) => Self::Size(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Slice(value) => Self::Slice(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::SliceTf(value) => Self::SliceTf(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::SpaceBatch(value) => Self::SpaceBatch(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::SqueezeParam(value) => Self::SqueezeParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::StridedSliceParam(value) => Self::StridedSliceParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::TensorConvertInfo(value) => Self::TensorConvertInfo(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::TfQuantizedConv2D(value) => Self::TfQuantizedConv2D(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::TopKv2(value) => Self::TopKv2(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Transpose(value) => Self::Transpose(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::UnaryOp(value) => Self::UnaryOp(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::MomentsParam(value) => Self::MomentsParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::RnnParam(value) => Self::RnnParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::BatchMatMulParam(value) => Self::BatchMatMulParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::QuantizedFloatParam(value) => Self::QuantizedFloatParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::DepthSpaceParam(value) => Self::DepthSpaceParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::EltwiseInt8(value) => Self::EltwiseInt8(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::ReverseSequenceParam(value) => Self::ReverseSequenceParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Extra(value) => Self::Extra(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Pool3D(value) => Self::Pool3D(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Convolution3D(value) => Self::Convolution3D(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::Elu(value) => Self::Elu(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::DetectionPostProcessParam(value) => Self::DetectionPostProcessParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::OneHotParam(value) => Self::OneHotParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::PadParam(value) => Self::PadParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::WhileParam(value) => Self::WhileParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::IfParam(value) => Self::IfParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::RandomUniform(value) => Self::RandomUniform(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::LayerNorm(value) => Self::LayerNorm(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::TensorArray(value) => Self::TensorArray(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::LstmBlockCell(value) => Self::LstmBlockCell(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::GridSample(value) => Self::GridSample(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::LoopParam(value) => Self::LoopParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::ImageProcessParam(value) => Self::ImageProcessParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::CumSum(value) => Self::CumSum(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::GroupNorm(value) => Self::GroupNorm(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::FmhaV2Param(value) => Self::FmhaV2Param(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::FmhcaParam(value) => Self::FmhcaParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::AttentionParam(value) => Self::AttentionParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::StftParam(value) => Self::StftParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::LinearAttentionParam(value) => Self::LinearAttentionParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::ShapeParam(value) => Self::ShapeParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
OpParameterRef::RoPeParam(value) => Self::RoPeParam(::planus::alloc::boxed::Box::new(::core::convert::TryFrom::try_from(value)?)),
})
}
}
impl<'a> ::planus::TableReadUnion<'a> for OpParameterRef<'a> {
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, tag: u8, field_offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
match tag {
1 => ::core::result::Result::Ok(Self::QuantizedAdd(::planus::TableRead::from_buffer(buffer, field_offset)?)),2 => ::core::result::Result::Ok(Self::ArgMax(::planus::TableRead::from_buffer(buffer, field_offset)?)),3 => ::core::result::Result::Ok(Self::AsString(::planus::TableRead::from_buffer(buffer, field_offset)?)),4 => ::core::result::Result::Ok(Self::Axis(::planus::TableRead::from_buffer(buffer, field_offset)?)),5 => ::core::result::Result::Ok(Self::BatchNorm(::planus::TableRead::from_buffer(buffer, field_offset)?)),6 => ::core::result::Result::Ok(Self::BinaryOp(::planus::TableRead::from_buffer(buffer, field_offset)?)),7 => ::core::result::Result::Ok(Self::Blob(::planus::TableRead::from_buffer(buffer, field_offset)?)),8 => ::core::result::Result::Ok(Self::CastParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),9 => ::core::result::Result::Ok(Self::Convolution2D(::planus::TableRead::from_buffer(buffer, field_offset)?)),10 => ::core::result::Result::Ok(Self::Crop(::planus::TableRead::from_buffer(buffer, field_offset)?)),11 => ::core::result::Result::Ok(Self::CropAndResize(::planus::TableRead::from_buffer(buffer, field_offset)?)),12 => ::core::result::Result::Ok(Self::Dequantize(::planus::TableRead::from_buffer(buffer, field_offset)?)),13 => ::core::result::Result::Ok(Self::DetectionOutput(::planus::TableRead::from_buffer(buffer, field_offset)?)),14 => ::core::result::Result::Ok(Self::Eltwise(::planus::TableRead::from_buffer(buffer, field_offset)?)),15 => ::core::result::Result::Ok(Self::ExpandDims(::planus::TableRead::from_buffer(buffer, field_offset)?)),16 => ::core::result::Result::Ok(Self::Fill(::planus::TableRead::from_buffer(buffer, field_offset)?)),17 => ::core::result::Result::Ok(Self::Flatten(::planus::TableRead::from_buffer(buffer, field_offset)?)),18 => ::core::result::Result::Ok(Self::Gather(::planus::TableRead::from_buffer(buffer, field_offset)?)),19 => ::core::result::Result::Ok(Self::GatherV2(::planus::TableRead::from_buffer(buffer, field_offset)?)),20 => ::core::result::Result::Ok(Self::InnerProduct(::planus::TableRead::from_buffer(buffer, field_offset)?)),21 => ::core::result::Result::Ok(Self::Input(::planus::TableRead::from_buffer(buffer, field_offset)?)),22 => ::core::result::Result::Ok(Self::Interp(::planus::TableRead::from_buffer(buffer, field_offset)?)),23 => ::core::result::Result::Ok(Self::Lrn(::planus::TableRead::from_buffer(buffer, field_offset)?)),24 => ::core::result::Result::Ok(Self::Lstm(::planus::TableRead::from_buffer(buffer, field_offset)?)),25 => ::core::result::Result::Ok(Self::MatMul(::planus::TableRead::from_buffer(buffer, field_offset)?)),26 => ::core::result::Result::Ok(Self::NonMaxSuppressionV2(::planus::TableRead::from_buffer(buffer, field_offset)?)),27 => ::core::result::Result::Ok(Self::Normalize(::planus::TableRead::from_buffer(buffer, field_offset)?)),28 => ::core::result::Result::Ok(Self::PackParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),29 => ::core::result::Result::Ok(Self::Permute(::planus::TableRead::from_buffer(buffer, field_offset)?)),30 => ::core::result::Result::Ok(Self::Plugin(::planus::TableRead::from_buffer(buffer, field_offset)?)),31 => ::core::result::Result::Ok(Self::Pool(::planus::TableRead::from_buffer(buffer, field_offset)?)),32 => ::core::result::Result::Ok(Self::PRelu(::planus::TableRead::from_buffer(buffer, field_offset)?)),33 => ::core::result::Result::Ok(Self::PriorBox(::planus::TableRead::from_buffer(buffer, field_offset)?)),34 => ::core::result::Result::Ok(Self::Proposal(::planus::TableRead::from_buffer(buffer, field_offset)?)),35 => ::core::result::Result::Ok(Self::QuantizedAvgPool(::planus::TableRead::from_buffer(buffer, field_offset)?)),36 => ::core::result::Result::Ok(Self::QuantizedBiasAdd(::planus::TableRead::from_buffer(buffer, field_offset)?)),37 => ::core::result::Result::Ok(Self::QuantizedConcat(::planus::TableRead::from_buffer(buffer, field_offset)?)),38 => ::core::result::Result::Ok(Self::QuantizedLogistic(::planus::TableRead::from_buffer(buffer, field_offset)?)),39 => ::core::result::Result::Ok(Self::QuantizedMatMul(::planus::TableRead::from_buffer(buffer, field_offset)?)),40 => ::core::result::Result::Ok(Self::QuantizedMaxPool(::planus::TableRead::from_buffer(buffer, field_offset)?)),41 => ::core::result::Result::Ok(Self::QuantizedRelu(::planus::TableRead::from_buffer(buffer, field_offset)?)),42 => ::core::result::Result::Ok(Self::QuantizedRelu6(::planus::TableRead::from_buffer(buffer, field_offset)?)),43 => ::core::result::Result::Ok(Self::QuantizedReshape(::planus::TableRead::from_buffer(buffer, field_offset)?)),44 => ::core::result::Result::Ok(Self::QuantizedSoftmax(::planus::TableRead::from_buffer(buffer, field_offset)?)),45 => ::core::result::Result::Ok(Self::QuantizeMaxMin(::planus::TableRead::from_buffer(buffer, field_offset)?)),46 => ::core::result::Result::Ok(Self::QuantizeV2(::planus::TableRead::from_buffer(buffer, field_offset)?)),47 => ::core::result::Result::Ok(Self::Range(::planus::TableRead::from_buffer(buffer, field_offset)?)),48 => ::core::result::Result::Ok(Self::Rank(::planus::TableRead::from_buffer(buffer, field_offset)?)),49 => ::core::result::Result::Ok(Self::ReduceJoin(::planus::TableRead::from_buffer(buffer, field_offset)?)),50 => ::core::result::Result::Ok(Self::ReductionParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),51 => ::core::result::Result::Ok(Self::Relu(::planus::TableRead::from_buffer(buffer, field_offset)?)),52 => ::core::result::Result::Ok(Self::Relu6(::planus::TableRead::from_buffer(buffer, field_offset)?)),53 => ::core::result::Result::Ok(Self::RequantizationRange(::planus::TableRead::from_buffer(buffer, field_offset)?)),54 => ::core::result::Result::Ok(Self::Requantize(::planus::TableRead::from_buffer(buffer, field_offset)?)),55 => ::core::result::Result::Ok(Self::Reshape(::planus::TableRead::from_buffer(buffer, field_offset)?)),56 => ::core::result::Result::Ok(Self::Resize(::planus::TableRead::from_buffer(buffer, field_offset)?)),57 => ::core::result::Result::Ok(Self::RoiParameters(::planus::TableRead::from_buffer(buffer, field_offset)?)),58 => ::core::result::Result::Ok(Self::Scale(::planus::TableRead::from_buffer(buffer, field_offset)?)),59 => ::core::result::Result::Ok(Self::Selu(::planus::TableRead::from_buffer(buffer, field_offset)?)),60 => ::core::result::Result::Ok(Self::Size(::planus::TableRead::from_buffer(buffer, field_offset)?)),61 => ::core::result::Result::Ok(Self::Slice(::planus::TableRead::from_buffer(buffer, field_offset)?)),62 => ::core::result::Result::Ok(Self::SliceTf(::planus::TableRead::from_buffer(buffer, field_offset)?)),63 => ::core::result::Result::Ok(Self::SpaceBatch(::planus::TableRead::from_buffer(buffer, field_offset)?)),64 => ::core::result::Result::Ok(Self::SqueezeParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),65 => ::core::result::Result::Ok(Self::StridedSliceParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),66 => ::core::result::Result::Ok(Self::TensorConvertInfo(::planus::TableRead::from_buffer(buffer, field_offset)?)),67 => ::core::result::Result::Ok(Self::TfQuantizedConv2D(::planus::TableRead::from_buffer(buffer, field_offset)?)),68 => ::core::result::Result::Ok(Self::TopKv2(::planus::TableRead::from_buffer(buffer, field_offset)?)),69 => ::core::result::Result::Ok(Self::Transpose(::planus::TableRead::from_buffer(buffer, field_offset)?)),70 => ::core::result::Result::Ok(Self::UnaryOp(::planus::TableRead::from_buffer(buffer, field_offset)?)),71 => ::core::result::Result::Ok(Self::MomentsParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),72 => ::core::result::Result::Ok(Self::RnnParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),73 => ::core::result::Result::Ok(Self::BatchMatMulParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),74 => ::core::result::Result::Ok(Self::QuantizedFloatParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),75 => ::core::result::Result::Ok(Self::DepthSpaceParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),76 => ::core::result::Result::Ok(Self::EltwiseInt8(::planus::TableRead::from_buffer(buffer, field_offset)?)),77 => ::core::result::Result::Ok(Self::ReverseSequenceParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),78 => ::core::result::Result::Ok(Self::Extra(::planus::TableRead::from_buffer(buffer, field_offset)?)),79 => ::core::result::Result::Ok(Self::Pool3D(::planus::TableRead::from_buffer(buffer, field_offset)?)),80 => ::core::result::Result::Ok(Self::Convolution3D(::planus::TableRead::from_buffer(buffer, field_offset)?)),81 => ::core::result::Result::Ok(Self::Elu(::planus::TableRead::from_buffer(buffer, field_offset)?)),82 => ::core::result::Result::Ok(Self::DetectionPostProcessParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),83 => ::core::result::Result::Ok(Self::OneHotParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),84 => ::core::result::Result::Ok(Self::PadParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),85 => ::core::result::Result::Ok(Self::WhileParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),86 => ::core::result::Result::Ok(Self::IfParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),87 => ::core::result::Result::Ok(Self::RandomUniform(::planus::TableRead::from_buffer(buffer, field_offset)?)),88 => ::core::result::Result::Ok(Self::LayerNorm(::planus::TableRead::from_buffer(buffer, field_offset)?)),89 => ::core::result::Result::Ok(Self::TensorArray(::planus::TableRead::from_buffer(buffer, field_offset)?)),90 => ::core::result::Result::Ok(Self::LstmBlockCell(::planus::TableRead::from_buffer(buffer, field_offset)?)),91 => ::core::result::Result::Ok(Self::GridSample(::planus::TableRead::from_buffer(buffer, field_offset)?)),92 => ::core::result::Result::Ok(Self::LoopParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),93 => ::core::result::Result::Ok(Self::ImageProcessParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),94 => ::core::result::Result::Ok(Self::CumSum(::planus::TableRead::from_buffer(buffer, field_offset)?)),95 => ::core::result::Result::Ok(Self::GroupNorm(::planus::TableRead::from_buffer(buffer, field_offset)?)),96 => ::core::result::Result::Ok(Self::FmhaV2Param(::planus::TableRead::from_buffer(buffer, field_offset)?)),97 => ::core::result::Result::Ok(Self::FmhcaParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),98 => ::core::result::Result::Ok(Self::AttentionParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),99 => ::core::result::Result::Ok(Self::StftParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),100 => ::core::result::Result::Ok(Self::LinearAttentionParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),101 => ::core::result::Result::Ok(Self::ShapeParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),102 => ::core::result::Result::Ok(Self::RoPeParam(::planus::TableRead::from_buffer(buffer, field_offset)?)),_ => ::core::result::Result::Err(::planus::errors::ErrorKind::UnknownUnionTag { tag }),
}
}
}
impl<'a> ::planus::VectorReadUnion<'a> for OpParameterRef<'a> {
const VECTOR_NAME: &'static str = "[OpParameterRef]";
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Op{
pub input_indexes: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub main: ::core::option::Option<self::OpParameter>,
pub name: ::core::option::Option<::planus::alloc::string::String>,
pub output_indexes: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub type_: self::OpType,
pub default_dimention_format: self::MnnDataFormat,
pub external_path: ::core::option::Option<::planus::alloc::string::String>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Op {
fn default() -> Self {
Self {
input_indexes: ::core::default::Default::default(),
main: ::core::default::Default::default(),
name: ::core::default::Default::default(),
output_indexes: ::core::default::Default::default(),
type_: self::OpType::AbsVal,
default_dimention_format: self::MnnDataFormat::Nhwc,
external_path: ::core::default::Default::default(),
}
}
}
impl Op {
#[inline]
pub fn builder() -> OpBuilder<()> {
OpBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_input_indexes: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_main: impl ::planus::WriteAsOptionalUnion<self::OpParameter>,
field_name: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_output_indexes: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_type_: impl ::planus::WriteAsDefault<self::OpType, self::OpType>,
field_default_dimention_format: impl ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
field_external_path: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
) -> ::planus::Offset<Self> {let prepared_input_indexes = field_input_indexes.prepare(builder);let prepared_main = field_main.prepare(builder);let prepared_name = field_name.prepare(builder);let prepared_output_indexes = field_output_indexes.prepare(builder);let prepared_type_ = field_type_.prepare(builder, &self::OpType::AbsVal);let prepared_default_dimention_format = field_default_dimention_format.prepare(builder, &self::MnnDataFormat::Nhwc);let prepared_external_path = field_external_path.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<20> = ::core::default::Default::default();
if prepared_input_indexes.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_main.is_some() {table_writer.write_entry::<::planus::Offset<self::OpParameter>>(2);}if prepared_name.is_some() {table_writer.write_entry::<::planus::Offset<str>>(3);}if prepared_output_indexes.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(4);}if prepared_type_.is_some() {table_writer.write_entry::<self::OpType>(5);}if prepared_external_path.is_some() {table_writer.write_entry::<::planus::Offset<str>>(7);}if prepared_main.is_some() {table_writer.write_entry::<u8>(1);}if prepared_default_dimention_format.is_some() {table_writer.write_entry::<self::MnnDataFormat>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_input_indexes) = prepared_input_indexes {object_writer.write::<_, _, 4>(&prepared_input_indexes);}if let ::core::option::Option::Some(prepared_main) = prepared_main {object_writer.write::<_, _, 4>(&prepared_main.offset());}if let ::core::option::Option::Some(prepared_name) = prepared_name {object_writer.write::<_, _, 4>(&prepared_name);}if let ::core::option::Option::Some(prepared_output_indexes) = prepared_output_indexes {object_writer.write::<_, _, 4>(&prepared_output_indexes);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_external_path) = prepared_external_path {object_writer.write::<_, _, 4>(&prepared_external_path);}if let ::core::option::Option::Some(prepared_main) = prepared_main {object_writer.write::<_, _, 1>(&prepared_main.tag());}if let ::core::option::Option::Some(prepared_default_dimention_format) = prepared_default_dimention_format {object_writer.write::<_, _, 1>(&prepared_default_dimention_format);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Op>> for Op {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Op> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Op>> for Op {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Op>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Op> for Op {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Op> {
Op::create(
builder,
&self.input_indexes,
&self.main,
&self.name,
&self.output_indexes,
self.type_,
self.default_dimention_format,
&self.external_path,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct OpBuilder<State>(State);
impl<
> OpBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_indexes<T0>(self, value: T0) -> OpBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
OpBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_indexes_as_null(self) -> OpBuilder<(
(),
)>
{
self.input_indexes(())
}
}
impl<
T0,
> OpBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn main<T1>(self, value: T1) -> OpBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptionalUnion<self::OpParameter>
{
let (
v0,
) = self.0;OpBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn main_as_null(self) -> OpBuilder<(
T0,
(),
)>
{
self.main(())
}
}
impl<
T0,
T1,
> OpBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn name<T2>(self, value: T2) -> OpBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
v1,
) = self.0;OpBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn name_as_null(self) -> OpBuilder<(
T0,
T1,
(),
)>
{
self.name(())
}
}
impl<
T0,
T1,
T2,
> OpBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_indexes<T3>(self, value: T3) -> OpBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
v2,
) = self.0;OpBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_indexes_as_null(self) -> OpBuilder<(
T0,
T1,
T2,
(),
)>
{
self.output_indexes(())
}
}
impl<
T0,
T1,
T2,
T3,
> OpBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T4>(self, value: T4) -> OpBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<self::OpType, self::OpType>
{
let (
v0,
v1,
v2,
v3,
) = self.0;OpBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> OpBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> OpBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn default_dimention_format<T5>(self, value: T5) -> OpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;OpBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn default_dimention_format_as_default(self) -> OpBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.default_dimention_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> OpBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn external_path<T6>(self, value: T6) -> OpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;OpBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn external_path_as_null(self) -> OpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.external_path(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> OpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Op>
where Self: ::planus::WriteAsOffset<Op>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptionalUnion<self::OpParameter>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsDefault<self::OpType, self::OpType>,
T5: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T6: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAs<::planus::Offset<Op>> for OpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<Op>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Op> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptionalUnion<self::OpParameter>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsDefault<self::OpType, self::OpType>,
T5: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T6: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOptional<::planus::Offset<Op>> for OpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<Op>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Op>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptionalUnion<self::OpParameter>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsDefault<self::OpType, self::OpType>,
T5: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T6: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOffset<Op> for OpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Op> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = &self.0;Op::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
)
}
}
#[derive(Copy, Clone)]
pub struct OpRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> OpRef<'a> {
#[inline]
pub fn input_indexes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "Op", "input_indexes")
}
#[inline]
pub fn main(&self) -> ::planus::Result<::core::option::Option<self::OpParameterRef<'a>>> {
self.0.access_union(1, "Op", "main")
}
#[inline]
pub fn name(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(3, "Op", "name")
}
#[inline]
pub fn output_indexes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(4, "Op", "output_indexes")
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::OpType> {
::core::result::Result::Ok(
self.0.access(5, "Op", "type_")
?.unwrap_or(self::OpType::AbsVal))
}
#[inline]
pub fn default_dimention_format(&self) -> ::planus::Result<self::MnnDataFormat> {
::core::result::Result::Ok(
self.0.access(6, "Op", "default_dimention_format")
?.unwrap_or(self::MnnDataFormat::Nhwc))
}
#[inline]
pub fn external_path(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(7, "Op", "external_path")
}
}
impl<'a> ::core::fmt::Debug for OpRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("OpRef");
if let ::core::option::Option::Some(field_input_indexes) = self.input_indexes().transpose() {
f.field("input_indexes", &field_input_indexes);
}if let ::core::option::Option::Some(field_main) = self.main().transpose() {
f.field("main", &field_main);
}if let ::core::option::Option::Some(field_name) = self.name().transpose() {
f.field("name", &field_name);
}if let ::core::option::Option::Some(field_output_indexes) = self.output_indexes().transpose() {
f.field("output_indexes", &field_output_indexes);
}f.field("type_", &self.type_());f.field("default_dimention_format", &self.default_dimention_format());if let ::core::option::Option::Some(field_external_path) = self.external_path().transpose() {
f.field("external_path", &field_external_path);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<OpRef<'a>> for Op {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: OpRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
input_indexes:
if let ::core::option::Option::Some(input_indexes) = value.input_indexes()? {
::core::option::Option::Some(input_indexes.to_vec()?)
} else {
::core::option::Option::None
}
,main:
if let ::core::option::Option::Some(main) = value.main()? {
::core::option::Option::Some(::core::convert::TryInto::try_into(main)?)
} else {
::core::option::Option::None
}
,name:
value.name()?.map(::core::convert::Into::into)
,output_indexes:
if let ::core::option::Option::Some(output_indexes) = value.output_indexes()? {
::core::option::Option::Some(output_indexes.to_vec()?)
} else {
::core::option::Option::None
}
,type_: ::core::convert::TryInto::try_into(value.type_()?)?,default_dimention_format: ::core::convert::TryInto::try_into(value.default_dimention_format()?)?,external_path:
value.external_path()?.map(::core::convert::Into::into)
,
})
}
}
impl<'a> ::planus::TableRead<'a> for OpRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for OpRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[OpRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Op>> for Op {
type Value = ::planus::Offset<Op>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Op>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for OpRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[OpRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct TensorQuantInfo{
pub scale: f32,
pub zero: f32,
pub min: ::core::option::Option<f32>,
pub max: f32,
pub type_: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for TensorQuantInfo {
fn default() -> Self {
Self {
scale: 0.0,
zero: 0.0,
min: ::core::default::Default::default(),
max: 127.0,
type_: self::DataType::DtInvalid,
}
}
}
impl TensorQuantInfo {
#[inline]
pub fn builder() -> TensorQuantInfoBuilder<()> {
TensorQuantInfoBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_scale: impl ::planus::WriteAsDefault<f32, f32>,
field_zero: impl ::planus::WriteAsDefault<f32, f32>,
field_min: impl ::planus::WriteAsOptional<f32>,
field_max: impl ::planus::WriteAsDefault<f32, f32>,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_scale = field_scale.prepare(builder, &0.0);let prepared_zero = field_zero.prepare(builder, &0.0);let prepared_min = field_min.prepare(builder);let prepared_max = field_max.prepare(builder, &127.0);let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_scale.is_some() {table_writer.write_entry::<f32>(0);}if prepared_zero.is_some() {table_writer.write_entry::<f32>(1);}if prepared_min.is_some() {table_writer.write_entry::<f32>(2);}if prepared_max.is_some() {table_writer.write_entry::<f32>(3);}if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_scale) = prepared_scale {object_writer.write::<_, _, 4>(&prepared_scale);}if let ::core::option::Option::Some(prepared_zero) = prepared_zero {object_writer.write::<_, _, 4>(&prepared_zero);}if let ::core::option::Option::Some(prepared_min) = prepared_min {object_writer.write::<_, _, 4>(&prepared_min);}if let ::core::option::Option::Some(prepared_max) = prepared_max {object_writer.write::<_, _, 4>(&prepared_max);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<TensorQuantInfo>> for TensorQuantInfo {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorQuantInfo> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<TensorQuantInfo>> for TensorQuantInfo {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TensorQuantInfo>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<TensorQuantInfo> for TensorQuantInfo {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorQuantInfo> {
TensorQuantInfo::create(
builder,
self.scale,
self.zero,
self.min,
self.max,
self.type_,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct TensorQuantInfoBuilder<State>(State);
impl<
> TensorQuantInfoBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale<T0>(self, value: T0) -> TensorQuantInfoBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
TensorQuantInfoBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_as_default(self) -> TensorQuantInfoBuilder<(
::planus::DefaultValue,
)>
{
self.scale(::planus::DefaultValue)
}
}
impl<
T0,
> TensorQuantInfoBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn zero<T1>(self, value: T1) -> TensorQuantInfoBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;TensorQuantInfoBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn zero_as_default(self) -> TensorQuantInfoBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.zero(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> TensorQuantInfoBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn min<T2>(self, value: T2) -> TensorQuantInfoBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<f32>
{
let (
v0,
v1,
) = self.0;TensorQuantInfoBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn min_as_null(self) -> TensorQuantInfoBuilder<(
T0,
T1,
(),
)>
{
self.min(())
}
}
impl<
T0,
T1,
T2,
> TensorQuantInfoBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn max<T3>(self, value: T3) -> TensorQuantInfoBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
) = self.0;TensorQuantInfoBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_as_default(self) -> TensorQuantInfoBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.max(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> TensorQuantInfoBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T4>(self, value: T4) -> TensorQuantInfoBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
v2,
v3,
) = self.0;TensorQuantInfoBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> TensorQuantInfoBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> TensorQuantInfoBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorQuantInfo>
where Self: ::planus::WriteAsOffset<TensorQuantInfo>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<f32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<TensorQuantInfo>> for TensorQuantInfoBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<TensorQuantInfo>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorQuantInfo> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<f32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<TensorQuantInfo>> for TensorQuantInfoBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<TensorQuantInfo>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TensorQuantInfo>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<f32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<TensorQuantInfo> for TensorQuantInfoBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorQuantInfo> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;TensorQuantInfo::create(
builder,
v0,
v1,
v2,
v3,
v4,
)
}
}
#[derive(Copy, Clone)]
pub struct TensorQuantInfoRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> TensorQuantInfoRef<'a> {
#[inline]
pub fn scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "TensorQuantInfo", "scale")
?.unwrap_or(0.0))
}
#[inline]
pub fn zero(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "TensorQuantInfo", "zero")
?.unwrap_or(0.0))
}
#[inline]
pub fn min(&self) -> ::planus::Result<::core::option::Option<f32>> {
self.0.access(2, "TensorQuantInfo", "min")
}
#[inline]
pub fn max(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(3, "TensorQuantInfo", "max")
?.unwrap_or(127.0))
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(4, "TensorQuantInfo", "type_")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for TensorQuantInfoRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("TensorQuantInfoRef");
f.field("scale", &self.scale());f.field("zero", &self.zero());if let ::core::option::Option::Some(field_min) = self.min().transpose() {
f.field("min", &field_min);
}f.field("max", &self.max());f.field("type_", &self.type_());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<TensorQuantInfoRef<'a>> for TensorQuantInfo {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: TensorQuantInfoRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
scale: ::core::convert::TryInto::try_into(value.scale()?)?,zero: ::core::convert::TryInto::try_into(value.zero()?)?,min:
if let ::core::option::Option::Some(min) = value.min()? {
::core::option::Option::Some(::core::convert::TryInto::try_into(min)?)
} else {
::core::option::Option::None
}
,max: ::core::convert::TryInto::try_into(value.max()?)?,type_: ::core::convert::TryInto::try_into(value.type_()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for TensorQuantInfoRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for TensorQuantInfoRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[TensorQuantInfoRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<TensorQuantInfo>> for TensorQuantInfo {
type Value = ::planus::Offset<TensorQuantInfo>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<TensorQuantInfo>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for TensorQuantInfoRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[TensorQuantInfoRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct TensorDescribe{
pub blob: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub index: i32,
pub name: ::core::option::Option<::planus::alloc::string::String>,
pub regions: ::core::option::Option<::planus::alloc::vec::Vec<self::Region>>,
pub quant_info: ::core::option::Option<::planus::alloc::boxed::Box<self::TensorQuantInfo>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for TensorDescribe {
fn default() -> Self {
Self {
blob: ::core::default::Default::default(),
index: 0,
name: ::core::default::Default::default(),
regions: ::core::default::Default::default(),
quant_info: ::core::default::Default::default(),
}
}
}
impl TensorDescribe {
#[inline]
pub fn builder() -> TensorDescribeBuilder<()> {
TensorDescribeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_blob: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_index: impl ::planus::WriteAsDefault<i32, i32>,
field_name: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_regions: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Region>]>>,
field_quant_info: impl ::planus::WriteAsOptional<::planus::Offset<self::TensorQuantInfo>>,
) -> ::planus::Offset<Self> {let prepared_blob = field_blob.prepare(builder);let prepared_index = field_index.prepare(builder, &0);let prepared_name = field_name.prepare(builder);let prepared_regions = field_regions.prepare(builder);let prepared_quant_info = field_quant_info.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_blob.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(0);}if prepared_index.is_some() {table_writer.write_entry::<i32>(1);}if prepared_name.is_some() {table_writer.write_entry::<::planus::Offset<str>>(2);}if prepared_regions.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::Region>]>>(3);}if prepared_quant_info.is_some() {table_writer.write_entry::<::planus::Offset<self::TensorQuantInfo>>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_blob) = prepared_blob {object_writer.write::<_, _, 4>(&prepared_blob);}if let ::core::option::Option::Some(prepared_index) = prepared_index {object_writer.write::<_, _, 4>(&prepared_index);}if let ::core::option::Option::Some(prepared_name) = prepared_name {object_writer.write::<_, _, 4>(&prepared_name);}if let ::core::option::Option::Some(prepared_regions) = prepared_regions {object_writer.write::<_, _, 4>(&prepared_regions);}if let ::core::option::Option::Some(prepared_quant_info) = prepared_quant_info {object_writer.write::<_, _, 4>(&prepared_quant_info);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<TensorDescribe>> for TensorDescribe {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorDescribe> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<TensorDescribe>> for TensorDescribe {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TensorDescribe>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<TensorDescribe> for TensorDescribe {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorDescribe> {
TensorDescribe::create(
builder,
&self.blob,
self.index,
&self.name,
&self.regions,
&self.quant_info,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct TensorDescribeBuilder<State>(State);
impl<
> TensorDescribeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn blob<T0>(self, value: T0) -> TensorDescribeBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
TensorDescribeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn blob_as_null(self) -> TensorDescribeBuilder<(
(),
)>
{
self.blob(())
}
}
impl<
T0,
> TensorDescribeBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn index<T1>(self, value: T1) -> TensorDescribeBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;TensorDescribeBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn index_as_default(self) -> TensorDescribeBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.index(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> TensorDescribeBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn name<T2>(self, value: T2) -> TensorDescribeBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
v1,
) = self.0;TensorDescribeBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn name_as_null(self) -> TensorDescribeBuilder<(
T0,
T1,
(),
)>
{
self.name(())
}
}
impl<
T0,
T1,
T2,
> TensorDescribeBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn regions<T3>(self, value: T3) -> TensorDescribeBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Region>]>>
{
let (
v0,
v1,
v2,
) = self.0;TensorDescribeBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn regions_as_null(self) -> TensorDescribeBuilder<(
T0,
T1,
T2,
(),
)>
{
self.regions(())
}
}
impl<
T0,
T1,
T2,
T3,
> TensorDescribeBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn quant_info<T4>(self, value: T4) -> TensorDescribeBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<self::TensorQuantInfo>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;TensorDescribeBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn quant_info_as_null(self) -> TensorDescribeBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.quant_info(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> TensorDescribeBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorDescribe>
where Self: ::planus::WriteAsOffset<TensorDescribe>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Region>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::TensorQuantInfo>>,
> ::planus::WriteAs<::planus::Offset<TensorDescribe>> for TensorDescribeBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<TensorDescribe>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorDescribe> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Region>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::TensorQuantInfo>>,
> ::planus::WriteAsOptional<::planus::Offset<TensorDescribe>> for TensorDescribeBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<TensorDescribe>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TensorDescribe>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Region>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::TensorQuantInfo>>,
> ::planus::WriteAsOffset<TensorDescribe> for TensorDescribeBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorDescribe> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;TensorDescribe::create(
builder,
v0,
v1,
v2,
v3,
v4,
)
}
}
#[derive(Copy, Clone)]
pub struct TensorDescribeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> TensorDescribeRef<'a> {
#[inline]
pub fn blob(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(0, "TensorDescribe", "blob")
}
#[inline]
pub fn index(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "TensorDescribe", "index")
?.unwrap_or(0))
}
#[inline]
pub fn name(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(2, "TensorDescribe", "name")
}
#[inline]
pub fn regions(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::RegionRef<'a>>>>> {
self.0.access(3, "TensorDescribe", "regions")
}
#[inline]
pub fn quant_info(&self) -> ::planus::Result<::core::option::Option<self::TensorQuantInfoRef<'a>>> {
self.0.access(4, "TensorDescribe", "quant_info")
}
}
impl<'a> ::core::fmt::Debug for TensorDescribeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("TensorDescribeRef");
if let ::core::option::Option::Some(field_blob) = self.blob().transpose() {
f.field("blob", &field_blob);
}f.field("index", &self.index());if let ::core::option::Option::Some(field_name) = self.name().transpose() {
f.field("name", &field_name);
}if let ::core::option::Option::Some(field_regions) = self.regions().transpose() {
f.field("regions", &field_regions);
}if let ::core::option::Option::Some(field_quant_info) = self.quant_info().transpose() {
f.field("quant_info", &field_quant_info);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<TensorDescribeRef<'a>> for TensorDescribe {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: TensorDescribeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
blob:
if let ::core::option::Option::Some(blob) = value.blob()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(blob)?))
} else {
::core::option::Option::None
}
,index: ::core::convert::TryInto::try_into(value.index()?)?,name:
value.name()?.map(::core::convert::Into::into)
,regions:
if let ::core::option::Option::Some(regions) = value.regions()? {
::core::option::Option::Some(regions.to_vec_result()?)
} else {
::core::option::Option::None
}
,quant_info:
if let ::core::option::Option::Some(quant_info) = value.quant_info()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(quant_info)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for TensorDescribeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for TensorDescribeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[TensorDescribeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<TensorDescribe>> for TensorDescribe {
type Value = ::planus::Offset<TensorDescribe>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<TensorDescribe>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for TensorDescribeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[TensorDescribeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct ExtraInfo{
pub buffer: ::core::option::Option<::planus::alloc::vec::Vec<i8>>,
pub name: ::core::option::Option<::planus::alloc::string::String>,
pub version: ::core::option::Option<::planus::alloc::string::String>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ExtraInfo {
fn default() -> Self {
Self {
buffer: ::core::default::Default::default(),
name: ::core::default::Default::default(),
version: ::core::default::Default::default(),
}
}
}
impl ExtraInfo {
#[inline]
pub fn builder() -> ExtraInfoBuilder<()> {
ExtraInfoBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_buffer: impl ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
field_name: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_version: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
) -> ::planus::Offset<Self> {let prepared_buffer = field_buffer.prepare(builder);let prepared_name = field_name.prepare(builder);let prepared_version = field_version.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_buffer.is_some() {table_writer.write_entry::<::planus::Offset<[i8]>>(0);}if prepared_name.is_some() {table_writer.write_entry::<::planus::Offset<str>>(1);}if prepared_version.is_some() {table_writer.write_entry::<::planus::Offset<str>>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_buffer) = prepared_buffer {object_writer.write::<_, _, 4>(&prepared_buffer);}if let ::core::option::Option::Some(prepared_name) = prepared_name {object_writer.write::<_, _, 4>(&prepared_name);}if let ::core::option::Option::Some(prepared_version) = prepared_version {object_writer.write::<_, _, 4>(&prepared_version);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ExtraInfo>> for ExtraInfo {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExtraInfo> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ExtraInfo>> for ExtraInfo {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ExtraInfo>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ExtraInfo> for ExtraInfo {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExtraInfo> {
ExtraInfo::create(
builder,
&self.buffer,
&self.name,
&self.version,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ExtraInfoBuilder<State>(State);
impl<
> ExtraInfoBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn buffer<T0>(self, value: T0) -> ExtraInfoBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>
{
ExtraInfoBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn buffer_as_null(self) -> ExtraInfoBuilder<(
(),
)>
{
self.buffer(())
}
}
impl<
T0,
> ExtraInfoBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn name<T1>(self, value: T1) -> ExtraInfoBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
) = self.0;ExtraInfoBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn name_as_null(self) -> ExtraInfoBuilder<(
T0,
(),
)>
{
self.name(())
}
}
impl<
T0,
T1,
> ExtraInfoBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn version<T2>(self, value: T2) -> ExtraInfoBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
v1,
) = self.0;ExtraInfoBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn version_as_null(self) -> ExtraInfoBuilder<(
T0,
T1,
(),
)>
{
self.version(())
}
}
impl<
T0,
T1,
T2,
> ExtraInfoBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExtraInfo>
where Self: ::planus::WriteAsOffset<ExtraInfo>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAs<::planus::Offset<ExtraInfo>> for ExtraInfoBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<ExtraInfo>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExtraInfo> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOptional<::planus::Offset<ExtraInfo>> for ExtraInfoBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<ExtraInfo>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ExtraInfo>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T2: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOffset<ExtraInfo> for ExtraInfoBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ExtraInfo> {
let (
v0,
v1,
v2,
) = &self.0;ExtraInfo::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct ExtraInfoRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ExtraInfoRef<'a> {
#[inline]
pub fn buffer(&self) -> ::planus::Result<::core::option::Option<&'a [i8]>> {
self.0.access(0, "ExtraInfo", "buffer")
}
#[inline]
pub fn name(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(1, "ExtraInfo", "name")
}
#[inline]
pub fn version(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(2, "ExtraInfo", "version")
}
}
impl<'a> ::core::fmt::Debug for ExtraInfoRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ExtraInfoRef");
if let ::core::option::Option::Some(field_buffer) = self.buffer().transpose() {
f.field("buffer", &field_buffer);
}if let ::core::option::Option::Some(field_name) = self.name().transpose() {
f.field("name", &field_name);
}if let ::core::option::Option::Some(field_version) = self.version().transpose() {
f.field("version", &field_version);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ExtraInfoRef<'a>> for ExtraInfo {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ExtraInfoRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
buffer: value.buffer()?.map(|v| v.to_vec()),name:
value.name()?.map(::core::convert::Into::into)
,version:
value.version()?.map(::core::convert::Into::into)
,
})
}
}
impl<'a> ::planus::TableRead<'a> for ExtraInfoRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ExtraInfoRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ExtraInfoRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ExtraInfo>> for ExtraInfo {
type Value = ::planus::Offset<ExtraInfo>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ExtraInfo>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for ExtraInfoRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ExtraInfoRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Net{
pub biz_code: ::core::option::Option<::planus::alloc::string::String>,
pub extra_tensor_describe: ::core::option::Option<::planus::alloc::vec::Vec<self::TensorDescribe>>,
pub extra_info: ::core::option::Option<::planus::alloc::boxed::Box<self::ExtraInfo>>,
pub oplists: ::core::option::Option<::planus::alloc::vec::Vec<self::Op>>,
pub output_name: ::core::option::Option<::planus::alloc::vec::Vec<::planus::alloc::string::String>>,
pub prefer_forward_type: self::ForwardType,
pub source_type: self::NetSource,
pub tensor_name: ::core::option::Option<::planus::alloc::vec::Vec<::planus::alloc::string::String>>,
pub tensor_number: i32,
pub usage: self::Usage,
pub subgraphs: ::core::option::Option<::planus::alloc::vec::Vec<self::SubGraphProto>>,
pub mnn_uuid: ::core::option::Option<::planus::alloc::string::String>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Net {
fn default() -> Self {
Self {
biz_code: ::core::default::Default::default(),
extra_tensor_describe: ::core::default::Default::default(),
extra_info: ::core::default::Default::default(),
oplists: ::core::default::Default::default(),
output_name: ::core::default::Default::default(),
prefer_forward_type: self::ForwardType::Cpu,
source_type: self::NetSource::Caffe,
tensor_name: ::core::default::Default::default(),
tensor_number: 0,
usage: self::Usage::Inference,
subgraphs: ::core::default::Default::default(),
mnn_uuid: ::core::default::Default::default(),
}
}
}
impl Net {
#[inline]
pub fn builder() -> NetBuilder<()> {
NetBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_biz_code: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_extra_tensor_describe: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
field_extra_info: impl ::planus::WriteAsOptional<::planus::Offset<self::ExtraInfo>>,
field_oplists: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>,
field_output_name: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
field_prefer_forward_type: impl ::planus::WriteAsDefault<self::ForwardType, self::ForwardType>,
field_source_type: impl ::planus::WriteAsDefault<self::NetSource, self::NetSource>,
field_tensor_name: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
field_tensor_number: impl ::planus::WriteAsDefault<i32, i32>,
field_usage: impl ::planus::WriteAsDefault<self::Usage, self::Usage>,
field_subgraphs: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::SubGraphProto>]>>,
field_mnn_uuid: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
) -> ::planus::Offset<Self> {let prepared_biz_code = field_biz_code.prepare(builder);let prepared_extra_tensor_describe = field_extra_tensor_describe.prepare(builder);let prepared_extra_info = field_extra_info.prepare(builder);let prepared_oplists = field_oplists.prepare(builder);let prepared_output_name = field_output_name.prepare(builder);let prepared_prefer_forward_type = field_prefer_forward_type.prepare(builder, &self::ForwardType::Cpu);let prepared_source_type = field_source_type.prepare(builder, &self::NetSource::Caffe);let prepared_tensor_name = field_tensor_name.prepare(builder);let prepared_tensor_number = field_tensor_number.prepare(builder, &0);let prepared_usage = field_usage.prepare(builder, &self::Usage::Inference);let prepared_subgraphs = field_subgraphs.prepare(builder);let prepared_mnn_uuid = field_mnn_uuid.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<28> = ::core::default::Default::default();
if prepared_biz_code.is_some() {table_writer.write_entry::<::planus::Offset<str>>(0);}if prepared_extra_tensor_describe.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>(1);}if prepared_extra_info.is_some() {table_writer.write_entry::<::planus::Offset<self::ExtraInfo>>(2);}if prepared_oplists.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::Op>]>>(3);}if prepared_output_name.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<str>]>>(4);}if prepared_tensor_name.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<str>]>>(7);}if prepared_tensor_number.is_some() {table_writer.write_entry::<i32>(8);}if prepared_subgraphs.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::SubGraphProto>]>>(10);}if prepared_mnn_uuid.is_some() {table_writer.write_entry::<::planus::Offset<str>>(11);}if prepared_prefer_forward_type.is_some() {table_writer.write_entry::<self::ForwardType>(5);}if prepared_source_type.is_some() {table_writer.write_entry::<self::NetSource>(6);}if prepared_usage.is_some() {table_writer.write_entry::<self::Usage>(9);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_biz_code) = prepared_biz_code {object_writer.write::<_, _, 4>(&prepared_biz_code);}if let ::core::option::Option::Some(prepared_extra_tensor_describe) = prepared_extra_tensor_describe {object_writer.write::<_, _, 4>(&prepared_extra_tensor_describe);}if let ::core::option::Option::Some(prepared_extra_info) = prepared_extra_info {object_writer.write::<_, _, 4>(&prepared_extra_info);}if let ::core::option::Option::Some(prepared_oplists) = prepared_oplists {object_writer.write::<_, _, 4>(&prepared_oplists);}if let ::core::option::Option::Some(prepared_output_name) = prepared_output_name {object_writer.write::<_, _, 4>(&prepared_output_name);}if let ::core::option::Option::Some(prepared_tensor_name) = prepared_tensor_name {object_writer.write::<_, _, 4>(&prepared_tensor_name);}if let ::core::option::Option::Some(prepared_tensor_number) = prepared_tensor_number {object_writer.write::<_, _, 4>(&prepared_tensor_number);}if let ::core::option::Option::Some(prepared_subgraphs) = prepared_subgraphs {object_writer.write::<_, _, 4>(&prepared_subgraphs);}if let ::core::option::Option::Some(prepared_mnn_uuid) = prepared_mnn_uuid {object_writer.write::<_, _, 4>(&prepared_mnn_uuid);}if let ::core::option::Option::Some(prepared_prefer_forward_type) = prepared_prefer_forward_type {object_writer.write::<_, _, 1>(&prepared_prefer_forward_type);}if let ::core::option::Option::Some(prepared_source_type) = prepared_source_type {object_writer.write::<_, _, 1>(&prepared_source_type);}if let ::core::option::Option::Some(prepared_usage) = prepared_usage {object_writer.write::<_, _, 1>(&prepared_usage);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Net>> for Net {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Net> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Net>> for Net {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Net>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Net> for Net {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Net> {
Net::create(
builder,
&self.biz_code,
&self.extra_tensor_describe,
&self.extra_info,
&self.oplists,
&self.output_name,
self.prefer_forward_type,
self.source_type,
&self.tensor_name,
self.tensor_number,
self.usage,
&self.subgraphs,
&self.mnn_uuid,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct NetBuilder<State>(State);
impl<
> NetBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn biz_code<T0>(self, value: T0) -> NetBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
NetBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn biz_code_as_null(self) -> NetBuilder<(
(),
)>
{
self.biz_code(())
}
}
impl<
T0,
> NetBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn extra_tensor_describe<T1>(self, value: T1) -> NetBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>
{
let (
v0,
) = self.0;NetBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn extra_tensor_describe_as_null(self) -> NetBuilder<(
T0,
(),
)>
{
self.extra_tensor_describe(())
}
}
impl<
T0,
T1,
> NetBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn extra_info<T2>(self, value: T2) -> NetBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<self::ExtraInfo>>
{
let (
v0,
v1,
) = self.0;NetBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn extra_info_as_null(self) -> NetBuilder<(
T0,
T1,
(),
)>
{
self.extra_info(())
}
}
impl<
T0,
T1,
T2,
> NetBuilder
<
(
T0,
T1,
T2,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn oplists<T3>(self, value: T3) -> NetBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>
{
let (
v0,
v1,
v2,
) = self.0;NetBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn oplists_as_null(self) -> NetBuilder<(
T0,
T1,
T2,
(),
)>
{
self.oplists(())
}
}
impl<
T0,
T1,
T2,
T3,
> NetBuilder
<
(
T0,
T1,
T2,
T3,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_name<T4>(self, value: T4) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;NetBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_name_as_null(self) -> NetBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.output_name(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> NetBuilder
<
(
T0,
T1,
T2,
T3,
T4,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn prefer_forward_type<T5>(self, value: T5) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<self::ForwardType, self::ForwardType>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;NetBuilder((
v0,
v1,
v2,
v3,
v4,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn prefer_forward_type_as_default(self) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.prefer_forward_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> NetBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn source_type<T6>(self, value: T6) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<self::NetSource, self::NetSource>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;NetBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn source_type_as_default(self) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.source_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
> NetBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensor_name<T7>(self, value: T7) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;NetBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensor_name_as_null(self) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
(),
)>
{
self.tensor_name(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
> NetBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensor_number<T8>(self, value: T8) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)>
where T8: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = self.0;NetBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensor_number_as_default(self) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
::planus::DefaultValue,
)>
{
self.tensor_number(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
> NetBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn usage<T9>(self, value: T9) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)>
where T9: ::planus::WriteAsDefault<self::Usage, self::Usage>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
) = self.0;NetBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn usage_as_default(self) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
::planus::DefaultValue,
)>
{
self.usage(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
> NetBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn subgraphs<T10>(self, value: T10) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)>
where T10: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::SubGraphProto>]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
) = self.0;NetBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn subgraphs_as_null(self) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
(),
)>
{
self.subgraphs(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
> NetBuilder
<
(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mnn_uuid<T11>(self, value: T11) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)>
where T11: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
) = self.0;NetBuilder((
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mnn_uuid_as_null(self) -> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
(),
)>
{
self.mnn_uuid(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
> NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Net>
where Self: ::planus::WriteAsOffset<Net>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::ExtraInfo>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T5: ::planus::WriteAsDefault<self::ForwardType, self::ForwardType>,
T6: ::planus::WriteAsDefault<self::NetSource, self::NetSource>,
T7: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<self::Usage, self::Usage>,
T10: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::SubGraphProto>]>>,
T11: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAs<::planus::Offset<Net>> for NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)> {
type Prepared = ::planus::Offset<Net>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Net> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::ExtraInfo>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T5: ::planus::WriteAsDefault<self::ForwardType, self::ForwardType>,
T6: ::planus::WriteAsDefault<self::NetSource, self::NetSource>,
T7: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<self::Usage, self::Usage>,
T10: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::SubGraphProto>]>>,
T11: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOptional<::planus::Offset<Net>> for NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)> {
type Prepared = ::planus::Offset<Net>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Net>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<self::ExtraInfo>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Op>]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T5: ::planus::WriteAsDefault<self::ForwardType, self::ForwardType>,
T6: ::planus::WriteAsDefault<self::NetSource, self::NetSource>,
T7: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<self::Usage, self::Usage>,
T10: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::SubGraphProto>]>>,
T11: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
> ::planus::WriteAsOffset<Net> for NetBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
T8,
T9,
T10,
T11,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Net> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
) = &self.0;Net::create(
builder,
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
v8,
v9,
v10,
v11,
)
}
}
#[derive(Copy, Clone)]
pub struct NetRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> NetRef<'a> {
#[inline]
pub fn biz_code(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(0, "Net", "biz_code")
}
#[inline]
pub fn extra_tensor_describe(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::TensorDescribeRef<'a>>>>> {
self.0.access(1, "Net", "extra_tensor_describe")
}
#[inline]
pub fn extra_info(&self) -> ::planus::Result<::core::option::Option<self::ExtraInfoRef<'a>>> {
self.0.access(2, "Net", "extra_info")
}
#[inline]
pub fn oplists(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::OpRef<'a>>>>> {
self.0.access(3, "Net", "oplists")
}
#[inline]
pub fn output_name(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<&'a ::core::primitive::str>>>> {
self.0.access(4, "Net", "output_name")
}
#[inline]
pub fn prefer_forward_type(&self) -> ::planus::Result<self::ForwardType> {
::core::result::Result::Ok(
self.0.access(5, "Net", "prefer_forward_type")
?.unwrap_or(self::ForwardType::Cpu))
}
#[inline]
pub fn source_type(&self) -> ::planus::Result<self::NetSource> {
::core::result::Result::Ok(
self.0.access(6, "Net", "source_type")
?.unwrap_or(self::NetSource::Caffe))
}
#[inline]
pub fn tensor_name(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<&'a ::core::primitive::str>>>> {
self.0.access(7, "Net", "tensor_name")
}
#[inline]
pub fn tensor_number(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(8, "Net", "tensor_number")
?.unwrap_or(0))
}
#[inline]
pub fn usage(&self) -> ::planus::Result<self::Usage> {
::core::result::Result::Ok(
self.0.access(9, "Net", "usage")
?.unwrap_or(self::Usage::Inference))
}
#[inline]
pub fn subgraphs(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::SubGraphProtoRef<'a>>>>> {
self.0.access(10, "Net", "subgraphs")
}
#[inline]
pub fn mnn_uuid(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(11, "Net", "mnn_uuid")
}
}
impl<'a> ::core::fmt::Debug for NetRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("NetRef");
if let ::core::option::Option::Some(field_biz_code) = self.biz_code().transpose() {
f.field("biz_code", &field_biz_code);
}if let ::core::option::Option::Some(field_extra_tensor_describe) = self.extra_tensor_describe().transpose() {
f.field("extra_tensor_describe", &field_extra_tensor_describe);
}if let ::core::option::Option::Some(field_extra_info) = self.extra_info().transpose() {
f.field("extra_info", &field_extra_info);
}if let ::core::option::Option::Some(field_oplists) = self.oplists().transpose() {
f.field("oplists", &field_oplists);
}if let ::core::option::Option::Some(field_output_name) = self.output_name().transpose() {
f.field("output_name", &field_output_name);
}f.field("prefer_forward_type", &self.prefer_forward_type());f.field("source_type", &self.source_type());if let ::core::option::Option::Some(field_tensor_name) = self.tensor_name().transpose() {
f.field("tensor_name", &field_tensor_name);
}f.field("tensor_number", &self.tensor_number());f.field("usage", &self.usage());if let ::core::option::Option::Some(field_subgraphs) = self.subgraphs().transpose() {
f.field("subgraphs", &field_subgraphs);
}if let ::core::option::Option::Some(field_mnn_uuid) = self.mnn_uuid().transpose() {
f.field("mnn_uuid", &field_mnn_uuid);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<NetRef<'a>> for Net {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: NetRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
biz_code:
value.biz_code()?.map(::core::convert::Into::into)
,extra_tensor_describe:
if let ::core::option::Option::Some(extra_tensor_describe) = value.extra_tensor_describe()? {
::core::option::Option::Some(extra_tensor_describe.to_vec_result()?)
} else {
::core::option::Option::None
}
,extra_info:
if let ::core::option::Option::Some(extra_info) = value.extra_info()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(extra_info)?))
} else {
::core::option::Option::None
}
,oplists:
if let ::core::option::Option::Some(oplists) = value.oplists()? {
::core::option::Option::Some(oplists.to_vec_result()?)
} else {
::core::option::Option::None
}
,output_name:
if let ::core::option::Option::Some(output_name) = value.output_name()? {
::core::option::Option::Some(output_name.to_vec_result()?)
} else {
::core::option::Option::None
}
,prefer_forward_type: ::core::convert::TryInto::try_into(value.prefer_forward_type()?)?,source_type: ::core::convert::TryInto::try_into(value.source_type()?)?,tensor_name:
if let ::core::option::Option::Some(tensor_name) = value.tensor_name()? {
::core::option::Option::Some(tensor_name.to_vec_result()?)
} else {
::core::option::Option::None
}
,tensor_number: ::core::convert::TryInto::try_into(value.tensor_number()?)?,usage: ::core::convert::TryInto::try_into(value.usage()?)?,subgraphs:
if let ::core::option::Option::Some(subgraphs) = value.subgraphs()? {
::core::option::Option::Some(subgraphs.to_vec_result()?)
} else {
::core::option::Option::None
}
,mnn_uuid:
value.mnn_uuid()?.map(::core::convert::Into::into)
,
})
}
}
impl<'a> ::planus::TableRead<'a> for NetRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for NetRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[NetRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Net>> for Net {
type Value = ::planus::Offset<Net>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Net>],
bytes: *mut ::core::mem::MaybeUninit<u8>,
buffer_position: u32,
) {
let bytes = bytes as *mut [::core::mem::MaybeUninit<u8>; 4];
for (i, v) in ::core::iter::Iterator::enumerate(values.iter()) {
::planus::WriteAsPrimitive::write(
v,
::planus::Cursor::new(unsafe { &mut *bytes.add(i) }),
buffer_position - (Self::STRIDE * i) as u32,
);
}
}
}
impl<'a> ::planus::ReadAsRoot<'a> for NetRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[NetRef]",
"read_as_root",
0,
))
}
}
