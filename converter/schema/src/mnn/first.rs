#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum NetSource {
Caffe = 0,
Tensorflow = 1,
Tflite = 2,
Onnx = 3,
Torch = 4,
}
impl NetSource {
pub const ENUM_VALUES: [Self; 5] = [Self::Caffe,Self::Tensorflow,Self::Tflite,Self::Onnx,Self::Torch,];
}
impl ::core::convert::TryFrom<i8> for NetSource {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(NetSource::Caffe),
1 => ::core::result::Result::Ok(NetSource::Tensorflow),
2 => ::core::result::Result::Ok(NetSource::Tflite),
3 => ::core::result::Result::Ok(NetSource::Onnx),
4 => ::core::result::Result::Ok(NetSource::Torch),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<NetSource> for i8 {
#[inline]
fn from(value: NetSource) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for NetSource {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<NetSource> for NetSource {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<NetSource> for NetSource {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> NetSource {
*self
}
}
impl ::planus::WriteAsDefault<NetSource, NetSource> for NetSource {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &NetSource) -> ::core::option::Option<NetSource> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<NetSource> for NetSource {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<NetSource> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for NetSource {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for NetSource {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"NetSource",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<NetSource> for NetSource {
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
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i32)]pub enum DataType {
DtInvalid = 0,
DtFloat = 1,
DtDouble = 2,
DtInt32 = 3,
DtUint8 = 4,
DtInt16 = 5,
DtInt8 = 6,
DtString = 7,
DtComplex64 = 8,
DtInt64 = 9,
DtBool = 10,
DtQint8 = 11,
DtQuint8 = 12,
DtQint32 = 13,
DtBfloat16 = 14,
DtQint16 = 15,
DtQuint16 = 16,
DtUint16 = 17,
DtComplex128 = 18,
DtHalf = 19,
DtResource = 20,
DtVariant = 21,
}
impl DataType {
pub const ENUM_VALUES: [Self; 22] = [Self::DtInvalid,Self::DtFloat,Self::DtDouble,Self::DtInt32,Self::DtUint8,Self::DtInt16,Self::DtInt8,Self::DtString,Self::DtComplex64,Self::DtInt64,Self::DtBool,Self::DtQint8,Self::DtQuint8,Self::DtQint32,Self::DtBfloat16,Self::DtQint16,Self::DtQuint16,Self::DtUint16,Self::DtComplex128,Self::DtHalf,Self::DtResource,Self::DtVariant,];
}
impl ::core::convert::TryFrom<i32> for DataType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i32) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(DataType::DtInvalid),
1 => ::core::result::Result::Ok(DataType::DtFloat),
2 => ::core::result::Result::Ok(DataType::DtDouble),
3 => ::core::result::Result::Ok(DataType::DtInt32),
4 => ::core::result::Result::Ok(DataType::DtUint8),
5 => ::core::result::Result::Ok(DataType::DtInt16),
6 => ::core::result::Result::Ok(DataType::DtInt8),
7 => ::core::result::Result::Ok(DataType::DtString),
8 => ::core::result::Result::Ok(DataType::DtComplex64),
9 => ::core::result::Result::Ok(DataType::DtInt64),
10 => ::core::result::Result::Ok(DataType::DtBool),
11 => ::core::result::Result::Ok(DataType::DtQint8),
12 => ::core::result::Result::Ok(DataType::DtQuint8),
13 => ::core::result::Result::Ok(DataType::DtQint32),
14 => ::core::result::Result::Ok(DataType::DtBfloat16),
15 => ::core::result::Result::Ok(DataType::DtQint16),
16 => ::core::result::Result::Ok(DataType::DtQuint16),
17 => ::core::result::Result::Ok(DataType::DtUint16),
18 => ::core::result::Result::Ok(DataType::DtComplex128),
19 => ::core::result::Result::Ok(DataType::DtHalf),
20 => ::core::result::Result::Ok(DataType::DtResource),
21 => ::core::result::Result::Ok(DataType::DtVariant),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<DataType> for i32 {
#[inline]
fn from(value: DataType) -> Self {
value as i32
}
}
unsafe impl ::planus::Primitive for DataType {
const ALIGNMENT: usize = 4;
const SIZE: usize = 4;
}
impl ::planus::WriteAsPrimitive<DataType> for DataType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i32).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<DataType> for DataType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> DataType {
*self
}
}
impl ::planus::WriteAsDefault<DataType, DataType> for DataType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &DataType) -> ::core::option::Option<DataType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<DataType> for DataType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<DataType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for DataType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i32 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for DataType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 4;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { <i32 as ::planus::VectorRead>::from_buffer(buffer, offset) };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"DataType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<DataType> for DataType {
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
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum MnnDataFormat {
Nchw = 0,
Nhwc = 1,
Nc4hw4 = 2,
Nhwc4 = 3,
Unknown = 4,
}
impl MnnDataFormat {
pub const ENUM_VALUES: [Self; 5] = [Self::Nchw,Self::Nhwc,Self::Nc4hw4,Self::Nhwc4,Self::Unknown,];
}
impl ::core::convert::TryFrom<i8> for MnnDataFormat {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(MnnDataFormat::Nchw),
1 => ::core::result::Result::Ok(MnnDataFormat::Nhwc),
2 => ::core::result::Result::Ok(MnnDataFormat::Nc4hw4),
3 => ::core::result::Result::Ok(MnnDataFormat::Nhwc4),
4 => ::core::result::Result::Ok(MnnDataFormat::Unknown),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<MnnDataFormat> for i8 {
#[inline]
fn from(value: MnnDataFormat) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for MnnDataFormat {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<MnnDataFormat> for MnnDataFormat {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<MnnDataFormat> for MnnDataFormat {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> MnnDataFormat {
*self
}
}
impl ::planus::WriteAsDefault<MnnDataFormat, MnnDataFormat> for MnnDataFormat {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &MnnDataFormat) -> ::core::option::Option<MnnDataFormat> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<MnnDataFormat> for MnnDataFormat {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<MnnDataFormat> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for MnnDataFormat {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for MnnDataFormat {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"MnnDataFormat",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<MnnDataFormat> for MnnDataFormat {
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
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum ForwardType {
Cpu = 0,
Metal = 1,
Cuda = 2,
Opencl = 3,
Auto = 4,
Nnapi = 5,
Opengles = 6,
Vulkan = 7,
}
impl ForwardType {
pub const ENUM_VALUES: [Self; 8] = [Self::Cpu,Self::Metal,Self::Cuda,Self::Opencl,Self::Auto,Self::Nnapi,Self::Opengles,Self::Vulkan,];
}
impl ::core::convert::TryFrom<i8> for ForwardType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(ForwardType::Cpu),
1 => ::core::result::Result::Ok(ForwardType::Metal),
2 => ::core::result::Result::Ok(ForwardType::Cuda),
3 => ::core::result::Result::Ok(ForwardType::Opencl),
4 => ::core::result::Result::Ok(ForwardType::Auto),
5 => ::core::result::Result::Ok(ForwardType::Nnapi),
6 => ::core::result::Result::Ok(ForwardType::Opengles),
7 => ::core::result::Result::Ok(ForwardType::Vulkan),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<ForwardType> for i8 {
#[inline]
fn from(value: ForwardType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for ForwardType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<ForwardType> for ForwardType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<ForwardType> for ForwardType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ForwardType {
*self
}
}
impl ::planus::WriteAsDefault<ForwardType, ForwardType> for ForwardType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &ForwardType) -> ::core::option::Option<ForwardType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<ForwardType> for ForwardType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<ForwardType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for ForwardType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for ForwardType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"ForwardType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<ForwardType> for ForwardType {
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
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum Usage {
Inference = 0,
Train = 1,
InferenceStatic = 2,
}
impl Usage {
pub const ENUM_VALUES: [Self; 3] = [Self::Inference,Self::Train,Self::InferenceStatic,];
}
impl ::core::convert::TryFrom<i8> for Usage {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(Usage::Inference),
1 => ::core::result::Result::Ok(Usage::Train),
2 => ::core::result::Result::Ok(Usage::InferenceStatic),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<Usage> for i8 {
#[inline]
fn from(value: Usage) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for Usage {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<Usage> for Usage {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<Usage> for Usage {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> Usage {
*self
}
}
impl ::planus::WriteAsDefault<Usage, Usage> for Usage {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &Usage) -> ::core::option::Option<Usage> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<Usage> for Usage {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<Usage> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for Usage {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for Usage {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"Usage",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<Usage> for Usage {
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
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i32)]pub enum OpType {
AbsVal = 0,
QuantizedAdd = 1,
ArgMax = 2,
AsString = 3,
InstanceNorm = 4,
BatchToSpaceNd = 5,
Copy = 6,
BinaryOp = 7,
Bnll = 8,
Cast = 9,
Concat = 10,
Const = 11,
Convolution = 12,
ConvolutionDepthwise = 13,
Crop = 14,
CropAndResize = 15,
ImageProcess = 16,
Deconvolution = 17,
DeconvolutionDepthwise = 18,
Dequantize = 19,
DetectionOutput = 20,
Dropout = 21,
Eltwise = 22,
Elu = 23,
Unique = 24,
Exp = 25,
ExpandDims = 26,
Fill = 27,
Flatten = 28,
Im2Col = 29,
Gather = 30,
GatherV2 = 31,
Im2Seq = 32,
InnerProduct = 33,
Input = 34,
Interp = 35,
Log = 36,
Lrn = 37,
Lstm = 38,
MatMul = 39,
MoE = 40,
NonMaxSuppression = 41,
NonMaxSuppressionV2 = 42,
Normalize = 43,
Pack = 44,
Padding = 45,
Permute = 46,
Pooling = 47,
Power = 48,
PReLu = 49,
PriorBox = 50,
Proposal = 51,
QuantizedAvgPool = 52,
QuantizedBiasAdd = 53,
QuantizedConcat = 54,
QuantizedDepthwiseConv2D = 55,
QuantizedLogistic = 56,
RasterAndInterpolate = 57,
QuantizedMaxPool = 58,
Texture = 59,
RasterDiff = 60,
QuantizedReshape = 61,
QuantizedSoftmax = 62,
QuantizeMaxMin = 63,
QuantizeV2 = 64,
Range = 65,
Rank = 66,
ReduceJoin = 67,
Reduction = 68,
ReLu = 69,
ReLu6 = 70,
RequantizationRange = 71,
Requantize = 72,
Reshape = 73,
Resize = 74,
Rnn = 75,
RoiPooling = 76,
Scale = 77,
Selu = 78,
Seq2Out = 79,
Shape = 80,
Sigmoid = 81,
Size = 82,
Slice = 83,
SliceTf = 84,
Softmax = 85,
SpaceToBatchNd = 86,
SpatialProduct = 87,
Col2Im = 88,
Segment = 89,
Squeeze = 90,
StridedSlice = 91,
CastLike = 92,
StringSplit = 93,
StringToNumber = 94,
TanH = 95,
TfQuantizedConv2D = 96,
Threshold = 97,
Tile = 98,
TopKv2 = 99,
Transpose = 100,
UnaryOp = 101,
Unpack = 102,
Where = 103,
Moments = 104,
RnnSequenceGru = 105,
BatchMatMul = 106,
Unsqueeze = 107,
CosineSimilarity = 108,
DepthToSpace = 109,
SpaceToDepth = 110,
ReverseSequence = 111,
Pooling3D = 112,
Convolution3D = 113,
MatrixBandPart = 114,
GatherNd = 115,
DetectionPostProcess = 116,
UnravelIndex = 117,
ScatterNd = 118,
OneHot = 119,
BroadcastTo = 120,
Dilation2D = 121,
Interp3D = 122,
Raster = 128,
ConvertTensor = 129,
ArgMin = 130,
LinSpace = 131,
RandomUniform = 132,
TensorArray = 133,
TensorArraySize = 134,
TensorArrayRead = 135,
TensorArrayWrite = 136,
TensorArrayGather = 137,
TensorArrayScatter = 138,
TensorArraySplit = 139,
TensorArrayConcat = 140,
LstmBlockCell = 141,
Reverse = 142,
RoiAlign = 143,
RandomNormal = 144,
TensorArrayInsert = 145,
TensorArrayErase = 146,
EyeLike = 147,
CumSum = 148,
Det = 149,
CumProd = 150,
ScatterElements = 151,
GatherElements = 152,
Svd = 153,
Histogram = 154,
DynamicQuant = 155,
Stft = 156,
Plugin = 256,
Select = 257,
ZerosLike = 258,
Broastcast = 259,
SetDiff1D = 260,
ReluGrad = 261,
Identity = 262,
PoolGrad = 263,
SoftmaxGrad = 264,
Conv2DBackPropFilter = 265,
TrainableParam = 266,
BatchNorm = 267,
ConvTranspose3D = 268,
ZeroGrad = 269,
Attention = 299,
FmhaV2 = 300,
Fmhca = 301,
SeqLen2Spatial = 302,
SplitGeLu = 303,
GroupNorm = 304,
LinearAttention = 305,
RoPe = 306,
Extra = 512,
ConvInt8 = 513,
Int8ToFloat = 514,
DepthwiseConvInt8 = 515,
FloatToInt8 = 517,
EltwiseInt8 = 518,
While = 600,
If = 601,
LayerNorm = 603,
GridSample = 604,
}
impl OpType {
pub const ENUM_VALUES: [Self; 184] = [Self::AbsVal,Self::QuantizedAdd,Self::ArgMax,Self::AsString,Self::InstanceNorm,Self::BatchToSpaceNd,Self::Copy,Self::BinaryOp,Self::Bnll,Self::Cast,Self::Concat,Self::Const,Self::Convolution,Self::ConvolutionDepthwise,Self::Crop,Self::CropAndResize,Self::ImageProcess,Self::Deconvolution,Self::DeconvolutionDepthwise,Self::Dequantize,Self::DetectionOutput,Self::Dropout,Self::Eltwise,Self::Elu,Self::Unique,Self::Exp,Self::ExpandDims,Self::Fill,Self::Flatten,Self::Im2Col,Self::Gather,Self::GatherV2,Self::Im2Seq,Self::InnerProduct,Self::Input,Self::Interp,Self::Log,Self::Lrn,Self::Lstm,Self::MatMul,Self::MoE,Self::NonMaxSuppression,Self::NonMaxSuppressionV2,Self::Normalize,Self::Pack,Self::Padding,Self::Permute,Self::Pooling,Self::Power,Self::PReLu,Self::PriorBox,Self::Proposal,Self::QuantizedAvgPool,Self::QuantizedBiasAdd,Self::QuantizedConcat,Self::QuantizedDepthwiseConv2D,Self::QuantizedLogistic,Self::RasterAndInterpolate,Self::QuantizedMaxPool,Self::Texture,Self::RasterDiff,Self::QuantizedReshape,Self::QuantizedSoftmax,Self::QuantizeMaxMin,Self::QuantizeV2,Self::Range,Self::Rank,Self::ReduceJoin,Self::Reduction,Self::ReLu,Self::ReLu6,Self::RequantizationRange,Self::Requantize,Self::Reshape,Self::Resize,Self::Rnn,Self::RoiPooling,Self::Scale,Self::Selu,Self::Seq2Out,Self::Shape,Self::Sigmoid,Self::Size,Self::Slice,Self::SliceTf,Self::Softmax,Self::SpaceToBatchNd,Self::SpatialProduct,Self::Col2Im,Self::Segment,Self::Squeeze,Self::StridedSlice,Self::CastLike,Self::StringSplit,Self::StringToNumber,Self::TanH,Self::TfQuantizedConv2D,Self::Threshold,Self::Tile,Self::TopKv2,Self::Transpose,Self::UnaryOp,Self::Unpack,Self::Where,Self::Moments,Self::RnnSequenceGru,Self::BatchMatMul,Self::Unsqueeze,Self::CosineSimilarity,Self::DepthToSpace,Self::SpaceToDepth,Self::ReverseSequence,Self::Pooling3D,Self::Convolution3D,Self::MatrixBandPart,Self::GatherNd,Self::DetectionPostProcess,Self::UnravelIndex,Self::ScatterNd,Self::OneHot,Self::BroadcastTo,Self::Dilation2D,Self::Interp3D,Self::Raster,Self::ConvertTensor,Self::ArgMin,Self::LinSpace,Self::RandomUniform,Self::TensorArray,Self::TensorArraySize,Self::TensorArrayRead,Self::TensorArrayWrite,Self::TensorArrayGather,Self::TensorArrayScatter,Self::TensorArraySplit,Self::TensorArrayConcat,Self::LstmBlockCell,Self::Reverse,Self::RoiAlign,Self::RandomNormal,Self::TensorArrayInsert,Self::TensorArrayErase,Self::EyeLike,Self::CumSum,Self::Det,Self::CumProd,Self::ScatterElements,Self::GatherElements,Self::Svd,Self::Histogram,Self::DynamicQuant,Self::Stft,Self::Plugin,Self::Select,Self::ZerosLike,Self::Broastcast,Self::SetDiff1D,Self::ReluGrad,Self::Identity,Self::PoolGrad,Self::SoftmaxGrad,Self::Conv2DBackPropFilter,Self::TrainableParam,Self::BatchNorm,Self::ConvTranspose3D,Self::ZeroGrad,Self::Attention,Self::FmhaV2,Self::Fmhca,Self::SeqLen2Spatial,Self::SplitGeLu,Self::GroupNorm,Self::LinearAttention,Self::RoPe,Self::Extra,Self::ConvInt8,Self::Int8ToFloat,Self::DepthwiseConvInt8,Self::FloatToInt8,Self::EltwiseInt8,Self::While,Self::If,Self::LayerNorm,Self::GridSample,];
}
impl ::core::convert::TryFrom<i32> for OpType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i32) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(OpType::AbsVal),
1 => ::core::result::Result::Ok(OpType::QuantizedAdd),
2 => ::core::result::Result::Ok(OpType::ArgMax),
3 => ::core::result::Result::Ok(OpType::AsString),
4 => ::core::result::Result::Ok(OpType::InstanceNorm),
5 => ::core::result::Result::Ok(OpType::BatchToSpaceNd),
6 => ::core::result::Result::Ok(OpType::Copy),
7 => ::core::result::Result::Ok(OpType::BinaryOp),
8 => ::core::result::Result::Ok(OpType::Bnll),
9 => ::core::result::Result::Ok(OpType::Cast),
10 => ::core::result::Result::Ok(OpType::Concat),
11 => ::core::result::Result::Ok(OpType::Const),
12 => ::core::result::Result::Ok(OpType::Convolution),
13 => ::core::result::Result::Ok(OpType::ConvolutionDepthwise),
14 => ::core::result::Result::Ok(OpType::Crop),
15 => ::core::result::Result::Ok(OpType::CropAndResize),
16 => ::core::result::Result::Ok(OpType::ImageProcess),
17 => ::core::result::Result::Ok(OpType::Deconvolution),
18 => ::core::result::Result::Ok(OpType::DeconvolutionDepthwise),
19 => ::core::result::Result::Ok(OpType::Dequantize),
20 => ::core::result::Result::Ok(OpType::DetectionOutput),
21 => ::core::result::Result::Ok(OpType::Dropout),
22 => ::core::result::Result::Ok(OpType::Eltwise),
23 => ::core::result::Result::Ok(OpType::Elu),
24 => ::core::result::Result::Ok(OpType::Unique),
25 => ::core::result::Result::Ok(OpType::Exp),
26 => ::core::result::Result::Ok(OpType::ExpandDims),
27 => ::core::result::Result::Ok(OpType::Fill),
28 => ::core::result::Result::Ok(OpType::Flatten),
29 => ::core::result::Result::Ok(OpType::Im2Col),
30 => ::core::result::Result::Ok(OpType::Gather),
31 => ::core::result::Result::Ok(OpType::GatherV2),
32 => ::core::result::Result::Ok(OpType::Im2Seq),
33 => ::core::result::Result::Ok(OpType::InnerProduct),
34 => ::core::result::Result::Ok(OpType::Input),
35 => ::core::result::Result::Ok(OpType::Interp),
36 => ::core::result::Result::Ok(OpType::Log),
37 => ::core::result::Result::Ok(OpType::Lrn),
38 => ::core::result::Result::Ok(OpType::Lstm),
39 => ::core::result::Result::Ok(OpType::MatMul),
40 => ::core::result::Result::Ok(OpType::MoE),
41 => ::core::result::Result::Ok(OpType::NonMaxSuppression),
42 => ::core::result::Result::Ok(OpType::NonMaxSuppressionV2),
43 => ::core::result::Result::Ok(OpType::Normalize),
44 => ::core::result::Result::Ok(OpType::Pack),
45 => ::core::result::Result::Ok(OpType::Padding),
46 => ::core::result::Result::Ok(OpType::Permute),
47 => ::core::result::Result::Ok(OpType::Pooling),
48 => ::core::result::Result::Ok(OpType::Power),
49 => ::core::result::Result::Ok(OpType::PReLu),
50 => ::core::result::Result::Ok(OpType::PriorBox),
51 => ::core::result::Result::Ok(OpType::Proposal),
52 => ::core::result::Result::Ok(OpType::QuantizedAvgPool),
53 => ::core::result::Result::Ok(OpType::QuantizedBiasAdd),
54 => ::core::result::Result::Ok(OpType::QuantizedConcat),
55 => ::core::result::Result::Ok(OpType::QuantizedDepthwiseConv2D),
56 => ::core::result::Result::Ok(OpType::QuantizedLogistic),
57 => ::core::result::Result::Ok(OpType::RasterAndInterpolate),
58 => ::core::result::Result::Ok(OpType::QuantizedMaxPool),
59 => ::core::result::Result::Ok(OpType::Texture),
60 => ::core::result::Result::Ok(OpType::RasterDiff),
61 => ::core::result::Result::Ok(OpType::QuantizedReshape),
62 => ::core::result::Result::Ok(OpType::QuantizedSoftmax),
63 => ::core::result::Result::Ok(OpType::QuantizeMaxMin),
64 => ::core::result::Result::Ok(OpType::QuantizeV2),
65 => ::core::result::Result::Ok(OpType::Range),
66 => ::core::result::Result::Ok(OpType::Rank),
67 => ::core::result::Result::Ok(OpType::ReduceJoin),
68 => ::core::result::Result::Ok(OpType::Reduction),
69 => ::core::result::Result::Ok(OpType::ReLu),
70 => ::core::result::Result::Ok(OpType::ReLu6),
71 => ::core::result::Result::Ok(OpType::RequantizationRange),
72 => ::core::result::Result::Ok(OpType::Requantize),
73 => ::core::result::Result::Ok(OpType::Reshape),
74 => ::core::result::Result::Ok(OpType::Resize),
75 => ::core::result::Result::Ok(OpType::Rnn),
76 => ::core::result::Result::Ok(OpType::RoiPooling),
77 => ::core::result::Result::Ok(OpType::Scale),
78 => ::core::result::Result::Ok(OpType::Selu),
79 => ::core::result::Result::Ok(OpType::Seq2Out),
80 => ::core::result::Result::Ok(OpType::Shape),
81 => ::core::result::Result::Ok(OpType::Sigmoid),
82 => ::core::result::Result::Ok(OpType::Size),
83 => ::core::result::Result::Ok(OpType::Slice),
84 => ::core::result::Result::Ok(OpType::SliceTf),
85 => ::core::result::Result::Ok(OpType::Softmax),
86 => ::core::result::Result::Ok(OpType::SpaceToBatchNd),
87 => ::core::result::Result::Ok(OpType::SpatialProduct),
88 => ::core::result::Result::Ok(OpType::Col2Im),
89 => ::core::result::Result::Ok(OpType::Segment),
90 => ::core::result::Result::Ok(OpType::Squeeze),
91 => ::core::result::Result::Ok(OpType::StridedSlice),
92 => ::core::result::Result::Ok(OpType::CastLike),
93 => ::core::result::Result::Ok(OpType::StringSplit),
94 => ::core::result::Result::Ok(OpType::StringToNumber),
95 => ::core::result::Result::Ok(OpType::TanH),
96 => ::core::result::Result::Ok(OpType::TfQuantizedConv2D),
97 => ::core::result::Result::Ok(OpType::Threshold),
98 => ::core::result::Result::Ok(OpType::Tile),
99 => ::core::result::Result::Ok(OpType::TopKv2),
100 => ::core::result::Result::Ok(OpType::Transpose),
101 => ::core::result::Result::Ok(OpType::UnaryOp),
102 => ::core::result::Result::Ok(OpType::Unpack),
103 => ::core::result::Result::Ok(OpType::Where),
104 => ::core::result::Result::Ok(OpType::Moments),
105 => ::core::result::Result::Ok(OpType::RnnSequenceGru),
106 => ::core::result::Result::Ok(OpType::BatchMatMul),
107 => ::core::result::Result::Ok(OpType::Unsqueeze),
108 => ::core::result::Result::Ok(OpType::CosineSimilarity),
109 => ::core::result::Result::Ok(OpType::DepthToSpace),
110 => ::core::result::Result::Ok(OpType::SpaceToDepth),
111 => ::core::result::Result::Ok(OpType::ReverseSequence),
112 => ::core::result::Result::Ok(OpType::Pooling3D),
113 => ::core::result::Result::Ok(OpType::Convolution3D),
114 => ::core::result::Result::Ok(OpType::MatrixBandPart),
115 => ::core::result::Result::Ok(OpType::GatherNd),
116 => ::core::result::Result::Ok(OpType::DetectionPostProcess),
117 => ::core::result::Result::Ok(OpType::UnravelIndex),
118 => ::core::result::Result::Ok(OpType::ScatterNd),
119 => ::core::result::Result::Ok(OpType::OneHot),
120 => ::core::result::Result::Ok(OpType::BroadcastTo),
121 => ::core::result::Result::Ok(OpType::Dilation2D),
122 => ::core::result::Result::Ok(OpType::Interp3D),
128 => ::core::result::Result::Ok(OpType::Raster),
129 => ::core::result::Result::Ok(OpType::ConvertTensor),
130 => ::core::result::Result::Ok(OpType::ArgMin),
131 => ::core::result::Result::Ok(OpType::LinSpace),
132 => ::core::result::Result::Ok(OpType::RandomUniform),
133 => ::core::result::Result::Ok(OpType::TensorArray),
134 => ::core::result::Result::Ok(OpType::TensorArraySize),
135 => ::core::result::Result::Ok(OpType::TensorArrayRead),
136 => ::core::result::Result::Ok(OpType::TensorArrayWrite),
137 => ::core::result::Result::Ok(OpType::TensorArrayGather),
138 => ::core::result::Result::Ok(OpType::TensorArrayScatter),
139 => ::core::result::Result::Ok(OpType::TensorArraySplit),
140 => ::core::result::Result::Ok(OpType::TensorArrayConcat),
141 => ::core::result::Result::Ok(OpType::LstmBlockCell),
142 => ::core::result::Result::Ok(OpType::Reverse),
143 => ::core::result::Result::Ok(OpType::RoiAlign),
144 => ::core::result::Result::Ok(OpType::RandomNormal),
145 => ::core::result::Result::Ok(OpType::TensorArrayInsert),
146 => ::core::result::Result::Ok(OpType::TensorArrayErase),
147 => ::core::result::Result::Ok(OpType::EyeLike),
148 => ::core::result::Result::Ok(OpType::CumSum),
149 => ::core::result::Result::Ok(OpType::Det),
150 => ::core::result::Result::Ok(OpType::CumProd),
151 => ::core::result::Result::Ok(OpType::ScatterElements),
152 => ::core::result::Result::Ok(OpType::GatherElements),
153 => ::core::result::Result::Ok(OpType::Svd),
154 => ::core::result::Result::Ok(OpType::Histogram),
155 => ::core::result::Result::Ok(OpType::DynamicQuant),
156 => ::core::result::Result::Ok(OpType::Stft),
256 => ::core::result::Result::Ok(OpType::Plugin),
257 => ::core::result::Result::Ok(OpType::Select),
258 => ::core::result::Result::Ok(OpType::ZerosLike),
259 => ::core::result::Result::Ok(OpType::Broastcast),
260 => ::core::result::Result::Ok(OpType::SetDiff1D),
261 => ::core::result::Result::Ok(OpType::ReluGrad),
262 => ::core::result::Result::Ok(OpType::Identity),
263 => ::core::result::Result::Ok(OpType::PoolGrad),
264 => ::core::result::Result::Ok(OpType::SoftmaxGrad),
265 => ::core::result::Result::Ok(OpType::Conv2DBackPropFilter),
266 => ::core::result::Result::Ok(OpType::TrainableParam),
267 => ::core::result::Result::Ok(OpType::BatchNorm),
268 => ::core::result::Result::Ok(OpType::ConvTranspose3D),
269 => ::core::result::Result::Ok(OpType::ZeroGrad),
299 => ::core::result::Result::Ok(OpType::Attention),
300 => ::core::result::Result::Ok(OpType::FmhaV2),
301 => ::core::result::Result::Ok(OpType::Fmhca),
302 => ::core::result::Result::Ok(OpType::SeqLen2Spatial),
303 => ::core::result::Result::Ok(OpType::SplitGeLu),
304 => ::core::result::Result::Ok(OpType::GroupNorm),
305 => ::core::result::Result::Ok(OpType::LinearAttention),
306 => ::core::result::Result::Ok(OpType::RoPe),
512 => ::core::result::Result::Ok(OpType::Extra),
513 => ::core::result::Result::Ok(OpType::ConvInt8),
514 => ::core::result::Result::Ok(OpType::Int8ToFloat),
515 => ::core::result::Result::Ok(OpType::DepthwiseConvInt8),
517 => ::core::result::Result::Ok(OpType::FloatToInt8),
518 => ::core::result::Result::Ok(OpType::EltwiseInt8),
600 => ::core::result::Result::Ok(OpType::While),
601 => ::core::result::Result::Ok(OpType::If),
603 => ::core::result::Result::Ok(OpType::LayerNorm),
604 => ::core::result::Result::Ok(OpType::GridSample),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<OpType> for i32 {
#[inline]
fn from(value: OpType) -> Self {
value as i32
}
}
unsafe impl ::planus::Primitive for OpType {
const ALIGNMENT: usize = 4;
const SIZE: usize = 4;
}
impl ::planus::WriteAsPrimitive<OpType> for OpType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i32).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<OpType> for OpType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> OpType {
*self
}
}
impl ::planus::WriteAsDefault<OpType, OpType> for OpType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &OpType) -> ::core::option::Option<OpType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<OpType> for OpType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<OpType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for OpType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i32 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for OpType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 4;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { <i32 as ::planus::VectorRead>::from_buffer(buffer, offset) };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"OpType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<OpType> for OpType {
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
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Blob{
pub dims: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub data_format: self::MnnDataFormat,
pub data_type: self::DataType,
pub uint8s: ::core::option::Option<::planus::alloc::vec::Vec<u8>>,
pub int8s: ::core::option::Option<::planus::alloc::vec::Vec<i8>>,
pub int32s: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub int64s: ::core::option::Option<::planus::alloc::vec::Vec<i64>>,
pub float32s: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub strings: ::core::option::Option<::planus::alloc::vec::Vec<::planus::alloc::string::String>>,
pub external: ::core::option::Option<::planus::alloc::vec::Vec<i64>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Blob {
fn default() -> Self {
Self {
dims: ::core::default::Default::default(),
data_format: self::MnnDataFormat::Nchw,
data_type: self::DataType::DtFloat,
uint8s: ::core::default::Default::default(),
int8s: ::core::default::Default::default(),
int32s: ::core::default::Default::default(),
int64s: ::core::default::Default::default(),
float32s: ::core::default::Default::default(),
strings: ::core::default::Default::default(),
external: ::core::default::Default::default(),
}
}
}
impl Blob {
#[inline]
pub fn builder() -> BlobBuilder<()> {
BlobBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_dims: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_data_format: impl ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
field_data_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_uint8s: impl ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
field_int8s: impl ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
field_int32s: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_int64s: impl ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
field_float32s: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_strings: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
field_external: impl ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
) -> ::planus::Offset<Self> {let prepared_dims = field_dims.prepare(builder);let prepared_data_format = field_data_format.prepare(builder, &self::MnnDataFormat::Nchw);let prepared_data_type = field_data_type.prepare(builder, &self::DataType::DtFloat);let prepared_uint8s = field_uint8s.prepare(builder);let prepared_int8s = field_int8s.prepare(builder);let prepared_int32s = field_int32s.prepare(builder);let prepared_int64s = field_int64s.prepare(builder);let prepared_float32s = field_float32s.prepare(builder);let prepared_strings = field_strings.prepare(builder);let prepared_external = field_external.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<24> = ::core::default::Default::default();
if prepared_dims.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_data_type.is_some() {table_writer.write_entry::<self::DataType>(2);}if prepared_uint8s.is_some() {table_writer.write_entry::<::planus::Offset<[u8]>>(3);}if prepared_int8s.is_some() {table_writer.write_entry::<::planus::Offset<[i8]>>(4);}if prepared_int32s.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(5);}if prepared_int64s.is_some() {table_writer.write_entry::<::planus::Offset<[i64]>>(6);}if prepared_float32s.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(7);}if prepared_strings.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<str>]>>(8);}if prepared_external.is_some() {table_writer.write_entry::<::planus::Offset<[i64]>>(9);}if prepared_data_format.is_some() {table_writer.write_entry::<self::MnnDataFormat>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_dims) = prepared_dims {object_writer.write::<_, _, 4>(&prepared_dims);}if let ::core::option::Option::Some(prepared_data_type) = prepared_data_type {object_writer.write::<_, _, 4>(&prepared_data_type);}if let ::core::option::Option::Some(prepared_uint8s) = prepared_uint8s {object_writer.write::<_, _, 4>(&prepared_uint8s);}if let ::core::option::Option::Some(prepared_int8s) = prepared_int8s {object_writer.write::<_, _, 4>(&prepared_int8s);}if let ::core::option::Option::Some(prepared_int32s) = prepared_int32s {object_writer.write::<_, _, 4>(&prepared_int32s);}if let ::core::option::Option::Some(prepared_int64s) = prepared_int64s {object_writer.write::<_, _, 4>(&prepared_int64s);}if let ::core::option::Option::Some(prepared_float32s) = prepared_float32s {object_writer.write::<_, _, 4>(&prepared_float32s);}if let ::core::option::Option::Some(prepared_strings) = prepared_strings {object_writer.write::<_, _, 4>(&prepared_strings);}if let ::core::option::Option::Some(prepared_external) = prepared_external {object_writer.write::<_, _, 4>(&prepared_external);}if let ::core::option::Option::Some(prepared_data_format) = prepared_data_format {object_writer.write::<_, _, 1>(&prepared_data_format);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Blob>> for Blob {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Blob> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Blob>> for Blob {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Blob>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Blob> for Blob {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Blob> {
Blob::create(
builder,
&self.dims,
self.data_format,
self.data_type,
&self.uint8s,
&self.int8s,
&self.int32s,
&self.int64s,
&self.float32s,
&self.strings,
&self.external,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct BlobBuilder<State>(State);
impl<
> BlobBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims<T0>(self, value: T0) -> BlobBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
BlobBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims_as_null(self) -> BlobBuilder<(
(),
)>
{
self.dims(())
}
}
impl<
T0,
> BlobBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn data_format<T1>(self, value: T1) -> BlobBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>
{
let (
v0,
) = self.0;BlobBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn data_format_as_default(self) -> BlobBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.data_format(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> BlobBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn data_type<T2>(self, value: T2) -> BlobBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
) = self.0;BlobBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn data_type_as_default(self) -> BlobBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.data_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> BlobBuilder
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
pub fn uint8s<T3>(self, value: T3) -> BlobBuilder<(
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
) = self.0;BlobBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn uint8s_as_null(self) -> BlobBuilder<(
T0,
T1,
T2,
(),
)>
{
self.uint8s(())
}
}
impl<
T0,
T1,
T2,
T3,
> BlobBuilder
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
pub fn int8s<T4>(self, value: T4) -> BlobBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<[i8]>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;BlobBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn int8s_as_null(self) -> BlobBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.int8s(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> BlobBuilder
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
pub fn int32s<T5>(self, value: T5) -> BlobBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;BlobBuilder((
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
pub fn int32s_as_null(self) -> BlobBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.int32s(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> BlobBuilder
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
pub fn int64s<T6>(self, value: T6) -> BlobBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;BlobBuilder((
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
pub fn int64s_as_null(self) -> BlobBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.int64s(())
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
> BlobBuilder
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
pub fn float32s<T7>(self, value: T7) -> BlobBuilder<(
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
) = self.0;BlobBuilder((
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
pub fn float32s_as_null(self) -> BlobBuilder<(
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
self.float32s(())
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
> BlobBuilder
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
pub fn strings<T8>(self, value: T8) -> BlobBuilder<(
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
where T8: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>
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
) = self.0;BlobBuilder((
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
pub fn strings_as_null(self) -> BlobBuilder<(
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
self.strings(())
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
> BlobBuilder
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
pub fn external<T9>(self, value: T9) -> BlobBuilder<(
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
where T9: ::planus::WriteAsOptional<::planus::Offset<[i64]>>
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
) = self.0;BlobBuilder((
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
pub fn external_as_null(self) -> BlobBuilder<(
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
self.external(())
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
> BlobBuilder<(
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
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Blob>
where Self: ::planus::WriteAsOffset<Blob>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
T7: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T8: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T9: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAs<::planus::Offset<Blob>> for BlobBuilder<(
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
)> {
type Prepared = ::planus::Offset<Blob>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Blob> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
T7: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T8: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T9: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOptional<::planus::Offset<Blob>> for BlobBuilder<(
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
)> {
type Prepared = ::planus::Offset<Blob>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Blob>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
T7: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T8: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T9: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOffset<Blob> for BlobBuilder<(
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
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Blob> {
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
) = &self.0;Blob::create(
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
)
}
}
#[derive(Copy, Clone)]
pub struct BlobRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> BlobRef<'a> {
#[inline]
pub fn dims(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "Blob", "dims")
}
#[inline]
pub fn data_format(&self) -> ::planus::Result<self::MnnDataFormat> {
::core::result::Result::Ok(
self.0.access(1, "Blob", "data_format")
?.unwrap_or(self::MnnDataFormat::Nchw))
}
#[inline]
pub fn data_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(2, "Blob", "data_type")
?.unwrap_or(self::DataType::DtFloat))
}
#[inline]
pub fn uint8s(&self) -> ::planus::Result<::core::option::Option<&'a [u8]>> {
self.0.access(3, "Blob", "uint8s")
}
#[inline]
pub fn int8s(&self) -> ::planus::Result<::core::option::Option<&'a [i8]>> {
self.0.access(4, "Blob", "int8s")
}
#[inline]
pub fn int32s(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(5, "Blob", "int32s")
}
#[inline]
pub fn int64s(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i64>>> {
self.0.access(6, "Blob", "int64s")
}
#[inline]
pub fn float32s(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(7, "Blob", "float32s")
}
#[inline]
pub fn strings(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<&'a ::core::primitive::str>>>> {
self.0.access(8, "Blob", "strings")
}
#[inline]
pub fn external(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i64>>> {
self.0.access(9, "Blob", "external")
}
}
impl<'a> ::core::fmt::Debug for BlobRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("BlobRef");
if let ::core::option::Option::Some(field_dims) = self.dims().transpose() {
f.field("dims", &field_dims);
}f.field("data_format", &self.data_format());f.field("data_type", &self.data_type());if let ::core::option::Option::Some(field_uint8s) = self.uint8s().transpose() {
f.field("uint8s", &field_uint8s);
}if let ::core::option::Option::Some(field_int8s) = self.int8s().transpose() {
f.field("int8s", &field_int8s);
}if let ::core::option::Option::Some(field_int32s) = self.int32s().transpose() {
f.field("int32s", &field_int32s);
}if let ::core::option::Option::Some(field_int64s) = self.int64s().transpose() {
f.field("int64s", &field_int64s);
}if let ::core::option::Option::Some(field_float32s) = self.float32s().transpose() {
f.field("float32s", &field_float32s);
}if let ::core::option::Option::Some(field_strings) = self.strings().transpose() {
f.field("strings", &field_strings);
}if let ::core::option::Option::Some(field_external) = self.external().transpose() {
f.field("external", &field_external);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<BlobRef<'a>> for Blob {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: BlobRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
dims:
if let ::core::option::Option::Some(dims) = value.dims()? {
::core::option::Option::Some(dims.to_vec()?)
} else {
::core::option::Option::None
}
,data_format: ::core::convert::TryInto::try_into(value.data_format()?)?,data_type: ::core::convert::TryInto::try_into(value.data_type()?)?,uint8s: value.uint8s()?.map(|v| v.to_vec()),int8s: value.int8s()?.map(|v| v.to_vec()),int32s:
if let ::core::option::Option::Some(int32s) = value.int32s()? {
::core::option::Option::Some(int32s.to_vec()?)
} else {
::core::option::Option::None
}
,int64s:
if let ::core::option::Option::Some(int64s) = value.int64s()? {
::core::option::Option::Some(int64s.to_vec()?)
} else {
::core::option::Option::None
}
,float32s:
if let ::core::option::Option::Some(float32s) = value.float32s()? {
::core::option::Option::Some(float32s.to_vec()?)
} else {
::core::option::Option::None
}
,strings:
if let ::core::option::Option::Some(strings) = value.strings()? {
::core::option::Option::Some(strings.to_vec_result()?)
} else {
::core::option::Option::None
}
,external:
if let ::core::option::Option::Some(external) = value.external()? {
::core::option::Option::Some(external.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for BlobRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for BlobRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[BlobRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Blob>> for Blob {
type Value = ::planus::Offset<Blob>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Blob>],
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
impl<'a> ::planus::ReadAsRoot<'a> for BlobRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[BlobRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Input{
pub dims: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub dtype: self::DataType,
pub dformat: self::MnnDataFormat,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Input {
fn default() -> Self {
Self {
dims: ::core::default::Default::default(),
dtype: self::DataType::DtFloat,
dformat: self::MnnDataFormat::Nc4hw4,
}
}
}
impl Input {
#[inline]
pub fn builder() -> InputBuilder<()> {
InputBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_dims: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_dtype: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_dformat: impl ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
) -> ::planus::Offset<Self> {let prepared_dims = field_dims.prepare(builder);let prepared_dtype = field_dtype.prepare(builder, &self::DataType::DtFloat);let prepared_dformat = field_dformat.prepare(builder, &self::MnnDataFormat::Nc4hw4);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_dims.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_dtype.is_some() {table_writer.write_entry::<self::DataType>(1);}if prepared_dformat.is_some() {table_writer.write_entry::<self::MnnDataFormat>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_dims) = prepared_dims {object_writer.write::<_, _, 4>(&prepared_dims);}if let ::core::option::Option::Some(prepared_dtype) = prepared_dtype {object_writer.write::<_, _, 4>(&prepared_dtype);}if let ::core::option::Option::Some(prepared_dformat) = prepared_dformat {object_writer.write::<_, _, 1>(&prepared_dformat);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Input>> for Input {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Input> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Input>> for Input {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Input>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Input> for Input {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Input> {
Input::create(
builder,
&self.dims,
self.dtype,
self.dformat,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct InputBuilder<State>(State);
impl<
> InputBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims<T0>(self, value: T0) -> InputBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
InputBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims_as_null(self) -> InputBuilder<(
(),
)>
{
self.dims(())
}
}
impl<
T0,
> InputBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dtype<T1>(self, value: T1) -> InputBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;InputBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dtype_as_default(self) -> InputBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.dtype(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> InputBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dformat<T2>(self, value: T2) -> InputBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>
{
let (
v0,
v1,
) = self.0;InputBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dformat_as_default(self) -> InputBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.dformat(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> InputBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Input>
where Self: ::planus::WriteAsOffset<Input>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAs<::planus::Offset<Input>> for InputBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<Input>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Input> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAsOptional<::planus::Offset<Input>> for InputBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<Input>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Input>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAsOffset<Input> for InputBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Input> {
let (
v0,
v1,
v2,
) = &self.0;Input::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct InputRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> InputRef<'a> {
#[inline]
pub fn dims(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "Input", "dims")
}
#[inline]
pub fn dtype(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "Input", "dtype")
?.unwrap_or(self::DataType::DtFloat))
}
#[inline]
pub fn dformat(&self) -> ::planus::Result<self::MnnDataFormat> {
::core::result::Result::Ok(
self.0.access(2, "Input", "dformat")
?.unwrap_or(self::MnnDataFormat::Nc4hw4))
}
}
impl<'a> ::core::fmt::Debug for InputRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("InputRef");
if let ::core::option::Option::Some(field_dims) = self.dims().transpose() {
f.field("dims", &field_dims);
}f.field("dtype", &self.dtype());f.field("dformat", &self.dformat());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<InputRef<'a>> for Input {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: InputRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
dims:
if let ::core::option::Option::Some(dims) = value.dims()? {
::core::option::Option::Some(dims.to_vec()?)
} else {
::core::option::Option::None
}
,dtype: ::core::convert::TryInto::try_into(value.dtype()?)?,dformat: ::core::convert::TryInto::try_into(value.dformat()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for InputRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for InputRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[InputRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Input>> for Input {
type Value = ::planus::Offset<Input>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Input>],
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
impl<'a> ::planus::ReadAsRoot<'a> for InputRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[InputRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum PadMode {
Caffe = 0,
Valid = 1,
Same = 2,
}
impl PadMode {
pub const ENUM_VALUES: [Self; 3] = [Self::Caffe,Self::Valid,Self::Same,];
}
impl ::core::convert::TryFrom<i8> for PadMode {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(PadMode::Caffe),
1 => ::core::result::Result::Ok(PadMode::Valid),
2 => ::core::result::Result::Ok(PadMode::Same),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<PadMode> for i8 {
#[inline]
fn from(value: PadMode) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for PadMode {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<PadMode> for PadMode {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<PadMode> for PadMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> PadMode {
*self
}
}
impl ::planus::WriteAsDefault<PadMode, PadMode> for PadMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &PadMode) -> ::core::option::Option<PadMode> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<PadMode> for PadMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<PadMode> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for PadMode {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for PadMode {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"PadMode",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<PadMode> for PadMode {
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
pub struct Convolution2DCommon{
pub pad_x: i32,
pub pad_y: i32,
pub kernel_x: i32,
pub kernel_y: i32,
pub stride_x: i32,
pub stride_y: i32,
pub dilate_x: i32,
pub dilate_y: i32,
pub pad_mode: self::PadMode,
pub group: i32,
pub output_count: i32,
pub input_count: i32,
pub relu: bool,
pub relu6: bool,
pub pads: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub out_pads: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub has_output_shape: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Convolution2DCommon {
fn default() -> Self {
Self {
pad_x: 0,
pad_y: 0,
kernel_x: 1,
kernel_y: 1,
stride_x: 1,
stride_y: 1,
dilate_x: 1,
dilate_y: 1,
pad_mode: self::PadMode::Caffe,
group: 1,
output_count: 0,
input_count: 0,
relu: false,
relu6: false,
pads: ::core::default::Default::default(),
out_pads: ::core::default::Default::default(),
has_output_shape: false,
}
}
}
impl Convolution2DCommon {
#[inline]
pub fn builder() -> Convolution2DCommonBuilder<()> {
Convolution2DCommonBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_pad_x: impl ::planus::WriteAsDefault<i32, i32>,
field_pad_y: impl ::planus::WriteAsDefault<i32, i32>,
field_kernel_x: impl ::planus::WriteAsDefault<i32, i32>,
field_kernel_y: impl ::planus::WriteAsDefault<i32, i32>,
field_stride_x: impl ::planus::WriteAsDefault<i32, i32>,
field_stride_y: impl ::planus::WriteAsDefault<i32, i32>,
field_dilate_x: impl ::planus::WriteAsDefault<i32, i32>,
field_dilate_y: impl ::planus::WriteAsDefault<i32, i32>,
field_pad_mode: impl ::planus::WriteAsDefault<self::PadMode, self::PadMode>,
field_group: impl ::planus::WriteAsDefault<i32, i32>,
field_output_count: impl ::planus::WriteAsDefault<i32, i32>,
field_input_count: impl ::planus::WriteAsDefault<i32, i32>,
field_relu: impl ::planus::WriteAsDefault<bool, bool>,
field_relu6: impl ::planus::WriteAsDefault<bool, bool>,
field_pads: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_out_pads: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_has_output_shape: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_pad_x = field_pad_x.prepare(builder, &0);let prepared_pad_y = field_pad_y.prepare(builder, &0);let prepared_kernel_x = field_kernel_x.prepare(builder, &1);let prepared_kernel_y = field_kernel_y.prepare(builder, &1);let prepared_stride_x = field_stride_x.prepare(builder, &1);let prepared_stride_y = field_stride_y.prepare(builder, &1);let prepared_dilate_x = field_dilate_x.prepare(builder, &1);let prepared_dilate_y = field_dilate_y.prepare(builder, &1);let prepared_pad_mode = field_pad_mode.prepare(builder, &self::PadMode::Caffe);let prepared_group = field_group.prepare(builder, &1);let prepared_output_count = field_output_count.prepare(builder, &0);let prepared_input_count = field_input_count.prepare(builder, &0);let prepared_relu = field_relu.prepare(builder, &false);let prepared_relu6 = field_relu6.prepare(builder, &false);let prepared_pads = field_pads.prepare(builder);let prepared_out_pads = field_out_pads.prepare(builder);let prepared_has_output_shape = field_has_output_shape.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<38> = ::core::default::Default::default();
if prepared_pad_x.is_some() {table_writer.write_entry::<i32>(0);}if prepared_pad_y.is_some() {table_writer.write_entry::<i32>(1);}if prepared_kernel_x.is_some() {table_writer.write_entry::<i32>(2);}if prepared_kernel_y.is_some() {table_writer.write_entry::<i32>(3);}if prepared_stride_x.is_some() {table_writer.write_entry::<i32>(4);}if prepared_stride_y.is_some() {table_writer.write_entry::<i32>(5);}if prepared_dilate_x.is_some() {table_writer.write_entry::<i32>(6);}if prepared_dilate_y.is_some() {table_writer.write_entry::<i32>(7);}if prepared_group.is_some() {table_writer.write_entry::<i32>(9);}if prepared_output_count.is_some() {table_writer.write_entry::<i32>(10);}if prepared_input_count.is_some() {table_writer.write_entry::<i32>(11);}if prepared_pads.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(14);}if prepared_out_pads.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(15);}if prepared_pad_mode.is_some() {table_writer.write_entry::<self::PadMode>(8);}if prepared_relu.is_some() {table_writer.write_entry::<bool>(12);}if prepared_relu6.is_some() {table_writer.write_entry::<bool>(13);}if prepared_has_output_shape.is_some() {table_writer.write_entry::<bool>(16);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_pad_x) = prepared_pad_x {object_writer.write::<_, _, 4>(&prepared_pad_x);}if let ::core::option::Option::Some(prepared_pad_y) = prepared_pad_y {object_writer.write::<_, _, 4>(&prepared_pad_y);}if let ::core::option::Option::Some(prepared_kernel_x) = prepared_kernel_x {object_writer.write::<_, _, 4>(&prepared_kernel_x);}if let ::core::option::Option::Some(prepared_kernel_y) = prepared_kernel_y {object_writer.write::<_, _, 4>(&prepared_kernel_y);}if let ::core::option::Option::Some(prepared_stride_x) = prepared_stride_x {object_writer.write::<_, _, 4>(&prepared_stride_x);}if let ::core::option::Option::Some(prepared_stride_y) = prepared_stride_y {object_writer.write::<_, _, 4>(&prepared_stride_y);}if let ::core::option::Option::Some(prepared_dilate_x) = prepared_dilate_x {object_writer.write::<_, _, 4>(&prepared_dilate_x);}if let ::core::option::Option::Some(prepared_dilate_y) = prepared_dilate_y {object_writer.write::<_, _, 4>(&prepared_dilate_y);}if let ::core::option::Option::Some(prepared_group) = prepared_group {object_writer.write::<_, _, 4>(&prepared_group);}if let ::core::option::Option::Some(prepared_output_count) = prepared_output_count {object_writer.write::<_, _, 4>(&prepared_output_count);}if let ::core::option::Option::Some(prepared_input_count) = prepared_input_count {object_writer.write::<_, _, 4>(&prepared_input_count);}if let ::core::option::Option::Some(prepared_pads) = prepared_pads {object_writer.write::<_, _, 4>(&prepared_pads);}if let ::core::option::Option::Some(prepared_out_pads) = prepared_out_pads {object_writer.write::<_, _, 4>(&prepared_out_pads);}if let ::core::option::Option::Some(prepared_pad_mode) = prepared_pad_mode {object_writer.write::<_, _, 1>(&prepared_pad_mode);}if let ::core::option::Option::Some(prepared_relu) = prepared_relu {object_writer.write::<_, _, 1>(&prepared_relu);}if let ::core::option::Option::Some(prepared_relu6) = prepared_relu6 {object_writer.write::<_, _, 1>(&prepared_relu6);}if let ::core::option::Option::Some(prepared_has_output_shape) = prepared_has_output_shape {object_writer.write::<_, _, 1>(&prepared_has_output_shape);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Convolution2DCommon>> for Convolution2DCommon {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2DCommon> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Convolution2DCommon>> for Convolution2DCommon {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Convolution2DCommon>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Convolution2DCommon> for Convolution2DCommon {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2DCommon> {
Convolution2DCommon::create(
builder,
self.pad_x,
self.pad_y,
self.kernel_x,
self.kernel_y,
self.stride_x,
self.stride_y,
self.dilate_x,
self.dilate_y,
self.pad_mode,
self.group,
self.output_count,
self.input_count,
self.relu,
self.relu6,
&self.pads,
&self.out_pads,
self.has_output_shape,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct Convolution2DCommonBuilder<State>(State);
impl<
> Convolution2DCommonBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_x<T0>(self, value: T0) -> Convolution2DCommonBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
Convolution2DCommonBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_x_as_default(self) -> Convolution2DCommonBuilder<(
::planus::DefaultValue,
)>
{
self.pad_x(::planus::DefaultValue)
}
}
impl<
T0,
> Convolution2DCommonBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_y<T1>(self, value: T1) -> Convolution2DCommonBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;Convolution2DCommonBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_y_as_default(self) -> Convolution2DCommonBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.pad_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> Convolution2DCommonBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_x<T2>(self, value: T2) -> Convolution2DCommonBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;Convolution2DCommonBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_x_as_default(self) -> Convolution2DCommonBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.kernel_x(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> Convolution2DCommonBuilder
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
pub fn kernel_y<T3>(self, value: T3) -> Convolution2DCommonBuilder<(
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
) = self.0;Convolution2DCommonBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_y_as_default(self) -> Convolution2DCommonBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.kernel_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> Convolution2DCommonBuilder
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
pub fn stride_x<T4>(self, value: T4) -> Convolution2DCommonBuilder<(
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
) = self.0;Convolution2DCommonBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_x_as_default(self) -> Convolution2DCommonBuilder<(
T0,
T1,
T2,
T3,
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
> Convolution2DCommonBuilder
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
pub fn stride_y<T5>(self, value: T5) -> Convolution2DCommonBuilder<(
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn stride_y_as_default(self) -> Convolution2DCommonBuilder<(
T0,
T1,
T2,
T3,
T4,
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
> Convolution2DCommonBuilder
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
pub fn dilate_x<T6>(self, value: T6) -> Convolution2DCommonBuilder<(
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn dilate_x_as_default(self) -> Convolution2DCommonBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.dilate_x(::planus::DefaultValue)
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
> Convolution2DCommonBuilder
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
pub fn dilate_y<T7>(self, value: T7) -> Convolution2DCommonBuilder<(
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn dilate_y_as_default(self) -> Convolution2DCommonBuilder<(
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
self.dilate_y(::planus::DefaultValue)
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
> Convolution2DCommonBuilder
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
pub fn pad_mode<T8>(self, value: T8) -> Convolution2DCommonBuilder<(
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
where T8: ::planus::WriteAsDefault<self::PadMode, self::PadMode>
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn pad_mode_as_default(self) -> Convolution2DCommonBuilder<(
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
self.pad_mode(::planus::DefaultValue)
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
> Convolution2DCommonBuilder
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
pub fn group<T9>(self, value: T9) -> Convolution2DCommonBuilder<(
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn group_as_default(self) -> Convolution2DCommonBuilder<(
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
self.group(::planus::DefaultValue)
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
> Convolution2DCommonBuilder
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
pub fn output_count<T10>(self, value: T10) -> Convolution2DCommonBuilder<(
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn output_count_as_default(self) -> Convolution2DCommonBuilder<(
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
self.output_count(::planus::DefaultValue)
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
> Convolution2DCommonBuilder
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
pub fn input_count<T11>(self, value: T11) -> Convolution2DCommonBuilder<(
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
where T11: ::planus::WriteAsDefault<i32, i32>
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn input_count_as_default(self) -> Convolution2DCommonBuilder<(
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
::planus::DefaultValue,
)>
{
self.input_count(::planus::DefaultValue)
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
> Convolution2DCommonBuilder
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
pub fn relu<T12>(self, value: T12) -> Convolution2DCommonBuilder<(
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
where T12: ::planus::WriteAsDefault<bool, bool>
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn relu_as_default(self) -> Convolution2DCommonBuilder<(
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
::planus::DefaultValue,
)>
{
self.relu(::planus::DefaultValue)
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
> Convolution2DCommonBuilder
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
pub fn relu6<T13>(self, value: T13) -> Convolution2DCommonBuilder<(
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
where T13: ::planus::WriteAsDefault<bool, bool>
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn relu6_as_default(self) -> Convolution2DCommonBuilder<(
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
self.relu6(::planus::DefaultValue)
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
> Convolution2DCommonBuilder
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
pub fn pads<T14>(self, value: T14) -> Convolution2DCommonBuilder<(
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
where T14: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
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
) = self.0;Convolution2DCommonBuilder((
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
pub fn pads_as_null(self) -> Convolution2DCommonBuilder<(
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
self.pads(())
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
> Convolution2DCommonBuilder
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
T14,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn out_pads<T15>(self, value: T15) -> Convolution2DCommonBuilder<(
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
T15,
)>
where T15: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
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
v14,
) = self.0;Convolution2DCommonBuilder((
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
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn out_pads_as_null(self) -> Convolution2DCommonBuilder<(
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
(),
)>
{
self.out_pads(())
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
T15,
> Convolution2DCommonBuilder
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
T14,
T15,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn has_output_shape<T16>(self, value: T16) -> Convolution2DCommonBuilder<(
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
T15,
T16,
)>
where T16: ::planus::WriteAsDefault<bool, bool>
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
v14,
v15,
) = self.0;Convolution2DCommonBuilder((
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
v15,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn has_output_shape_as_default(self) -> Convolution2DCommonBuilder<(
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
T15,
::planus::DefaultValue,
)>
{
self.has_output_shape(::planus::DefaultValue)
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
T15,
T16,
> Convolution2DCommonBuilder<(
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
T15,
T16,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2DCommon>
where Self: ::planus::WriteAsOffset<Convolution2DCommon>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<self::PadMode, self::PadMode>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<i32, i32>,
T11: ::planus::WriteAsDefault<i32, i32>,
T12: ::planus::WriteAsDefault<bool, bool>,
T13: ::planus::WriteAsDefault<bool, bool>,
T14: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T15: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T16: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<Convolution2DCommon>> for Convolution2DCommonBuilder<(
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
T15,
T16,
)> {
type Prepared = ::planus::Offset<Convolution2DCommon>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2DCommon> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<self::PadMode, self::PadMode>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<i32, i32>,
T11: ::planus::WriteAsDefault<i32, i32>,
T12: ::planus::WriteAsDefault<bool, bool>,
T13: ::planus::WriteAsDefault<bool, bool>,
T14: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T15: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T16: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<Convolution2DCommon>> for Convolution2DCommonBuilder<(
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
T15,
T16,
)> {
type Prepared = ::planus::Offset<Convolution2DCommon>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Convolution2DCommon>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<self::PadMode, self::PadMode>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<i32, i32>,
T11: ::planus::WriteAsDefault<i32, i32>,
T12: ::planus::WriteAsDefault<bool, bool>,
T13: ::planus::WriteAsDefault<bool, bool>,
T14: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T15: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T16: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<Convolution2DCommon> for Convolution2DCommonBuilder<(
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
T15,
T16,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2DCommon> {
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
v15,
v16,
) = &self.0;Convolution2DCommon::create(
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
v15,
v16,
)
}
}
#[derive(Copy, Clone)]
pub struct Convolution2DCommonRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> Convolution2DCommonRef<'a> {
#[inline]
pub fn pad_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Convolution2DCommon", "pad_x")
?.unwrap_or(0))
}
#[inline]
pub fn pad_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "Convolution2DCommon", "pad_y")
?.unwrap_or(0))
}
#[inline]
pub fn kernel_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "Convolution2DCommon", "kernel_x")
?.unwrap_or(1))
}
#[inline]
pub fn kernel_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "Convolution2DCommon", "kernel_y")
?.unwrap_or(1))
}
#[inline]
pub fn stride_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "Convolution2DCommon", "stride_x")
?.unwrap_or(1))
}
#[inline]
pub fn stride_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "Convolution2DCommon", "stride_y")
?.unwrap_or(1))
}
#[inline]
pub fn dilate_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "Convolution2DCommon", "dilate_x")
?.unwrap_or(1))
}
#[inline]
pub fn dilate_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(7, "Convolution2DCommon", "dilate_y")
?.unwrap_or(1))
}
#[inline]
pub fn pad_mode(&self) -> ::planus::Result<self::PadMode> {
::core::result::Result::Ok(
self.0.access(8, "Convolution2DCommon", "pad_mode")
?.unwrap_or(self::PadMode::Caffe))
}
#[inline]
pub fn group(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(9, "Convolution2DCommon", "group")
?.unwrap_or(1))
}
#[inline]
pub fn output_count(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(10, "Convolution2DCommon", "output_count")
?.unwrap_or(0))
}
#[inline]
pub fn input_count(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(11, "Convolution2DCommon", "input_count")
?.unwrap_or(0))
}
#[inline]
pub fn relu(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(12, "Convolution2DCommon", "relu")
?.unwrap_or(false))
}
#[inline]
pub fn relu6(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(13, "Convolution2DCommon", "relu6")
?.unwrap_or(false))
}
#[inline]
pub fn pads(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(14, "Convolution2DCommon", "pads")
}
#[inline]
pub fn out_pads(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(15, "Convolution2DCommon", "out_pads")
}
#[inline]
pub fn has_output_shape(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(16, "Convolution2DCommon", "has_output_shape")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for Convolution2DCommonRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("Convolution2DCommonRef");
f.field("pad_x", &self.pad_x());f.field("pad_y", &self.pad_y());f.field("kernel_x", &self.kernel_x());f.field("kernel_y", &self.kernel_y());f.field("stride_x", &self.stride_x());f.field("stride_y", &self.stride_y());f.field("dilate_x", &self.dilate_x());f.field("dilate_y", &self.dilate_y());f.field("pad_mode", &self.pad_mode());f.field("group", &self.group());f.field("output_count", &self.output_count());f.field("input_count", &self.input_count());f.field("relu", &self.relu());f.field("relu6", &self.relu6());if let ::core::option::Option::Some(field_pads) = self.pads().transpose() {
f.field("pads", &field_pads);
}if let ::core::option::Option::Some(field_out_pads) = self.out_pads().transpose() {
f.field("out_pads", &field_out_pads);
}f.field("has_output_shape", &self.has_output_shape());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<Convolution2DCommonRef<'a>> for Convolution2DCommon {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: Convolution2DCommonRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
pad_x: ::core::convert::TryInto::try_into(value.pad_x()?)?,pad_y: ::core::convert::TryInto::try_into(value.pad_y()?)?,kernel_x: ::core::convert::TryInto::try_into(value.kernel_x()?)?,kernel_y: ::core::convert::TryInto::try_into(value.kernel_y()?)?,stride_x: ::core::convert::TryInto::try_into(value.stride_x()?)?,stride_y: ::core::convert::TryInto::try_into(value.stride_y()?)?,dilate_x: ::core::convert::TryInto::try_into(value.dilate_x()?)?,dilate_y: ::core::convert::TryInto::try_into(value.dilate_y()?)?,pad_mode: ::core::convert::TryInto::try_into(value.pad_mode()?)?,group: ::core::convert::TryInto::try_into(value.group()?)?,output_count: ::core::convert::TryInto::try_into(value.output_count()?)?,input_count: ::core::convert::TryInto::try_into(value.input_count()?)?,relu: ::core::convert::TryInto::try_into(value.relu()?)?,relu6: ::core::convert::TryInto::try_into(value.relu6()?)?,pads:
if let ::core::option::Option::Some(pads) = value.pads()? {
::core::option::Option::Some(pads.to_vec()?)
} else {
::core::option::Option::None
}
,out_pads:
if let ::core::option::Option::Some(out_pads) = value.out_pads()? {
::core::option::Option::Some(out_pads.to_vec()?)
} else {
::core::option::Option::None
}
,has_output_shape: ::core::convert::TryInto::try_into(value.has_output_shape()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for Convolution2DCommonRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for Convolution2DCommonRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[Convolution2DCommonRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Convolution2DCommon>> for Convolution2DCommon {
type Value = ::planus::Offset<Convolution2DCommon>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Convolution2DCommon>],
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
impl<'a> ::planus::ReadAsRoot<'a> for Convolution2DCommonRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[Convolution2DCommonRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum ScaleStorageType {
Fp32 = 0,
Fp16 = 1,
}
impl ScaleStorageType {
pub const ENUM_VALUES: [Self; 2] = [Self::Fp32,Self::Fp16,];
}
impl ::core::convert::TryFrom<i8> for ScaleStorageType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(ScaleStorageType::Fp32),
1 => ::core::result::Result::Ok(ScaleStorageType::Fp16),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<ScaleStorageType> for i8 {
#[inline]
fn from(value: ScaleStorageType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for ScaleStorageType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<ScaleStorageType> for ScaleStorageType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<ScaleStorageType> for ScaleStorageType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ScaleStorageType {
*self
}
}
impl ::planus::WriteAsDefault<ScaleStorageType, ScaleStorageType> for ScaleStorageType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &ScaleStorageType) -> ::core::option::Option<ScaleStorageType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<ScaleStorageType> for ScaleStorageType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<ScaleStorageType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for ScaleStorageType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for ScaleStorageType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"ScaleStorageType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<ScaleStorageType> for ScaleStorageType {
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
pub struct IdstQuan{
pub buffer: ::core::option::Option<::planus::alloc::vec::Vec<i8>>,
pub alpha: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub type_: i32,
pub use_int32: bool,
pub quant_scale: f32,
pub scale_in: f32,
pub scale_out: f32,
pub a_max_or_bits: i32,
pub a_min: i32,
pub read_type: i32,
pub has_scale_int: bool,
pub shape_int32: bool,
pub weight_size: u32,
pub index: ::core::option::Option<::planus::alloc::vec::Vec<u32>>,
pub alpha_fp16: ::core::option::Option<::planus::alloc::vec::Vec<u16>>,
pub scale_storage: self::ScaleStorageType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for IdstQuan {
fn default() -> Self {
Self {
buffer: ::core::default::Default::default(),
alpha: ::core::default::Default::default(),
type_: 0,
use_int32: false,
quant_scale: 0.0,
scale_in: 0.0,
scale_out: 0.0,
a_max_or_bits: 0,
a_min: 0,
read_type: 0,
has_scale_int: false,
shape_int32: false,
weight_size: 0,
index: ::core::default::Default::default(),
alpha_fp16: ::core::default::Default::default(),
scale_storage: self::ScaleStorageType::Fp32,
}
}
}
impl IdstQuan {
#[inline]
pub fn builder() -> IdstQuanBuilder<()> {
IdstQuanBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_buffer: impl ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
field_alpha: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_type_: impl ::planus::WriteAsDefault<i32, i32>,
field_use_int32: impl ::planus::WriteAsDefault<bool, bool>,
field_quant_scale: impl ::planus::WriteAsDefault<f32, f32>,
field_scale_in: impl ::planus::WriteAsDefault<f32, f32>,
field_scale_out: impl ::planus::WriteAsDefault<f32, f32>,
field_a_max_or_bits: impl ::planus::WriteAsDefault<i32, i32>,
field_a_min: impl ::planus::WriteAsDefault<i32, i32>,
field_read_type: impl ::planus::WriteAsDefault<i32, i32>,
field_has_scale_int: impl ::planus::WriteAsDefault<bool, bool>,
field_shape_int32: impl ::planus::WriteAsDefault<bool, bool>,
field_weight_size: impl ::planus::WriteAsDefault<u32, u32>,
field_index: impl ::planus::WriteAsOptional<::planus::Offset<[u32]>>,
field_alpha_fp16: impl ::planus::WriteAsOptional<::planus::Offset<[u16]>>,
field_scale_storage: impl ::planus::WriteAsDefault<self::ScaleStorageType, self::ScaleStorageType>,
) -> ::planus::Offset<Self> {let prepared_buffer = field_buffer.prepare(builder);let prepared_alpha = field_alpha.prepare(builder);let prepared_type_ = field_type_.prepare(builder, &0);let prepared_use_int32 = field_use_int32.prepare(builder, &false);let prepared_quant_scale = field_quant_scale.prepare(builder, &0.0);let prepared_scale_in = field_scale_in.prepare(builder, &0.0);let prepared_scale_out = field_scale_out.prepare(builder, &0.0);let prepared_a_max_or_bits = field_a_max_or_bits.prepare(builder, &0);let prepared_a_min = field_a_min.prepare(builder, &0);let prepared_read_type = field_read_type.prepare(builder, &0);let prepared_has_scale_int = field_has_scale_int.prepare(builder, &false);let prepared_shape_int32 = field_shape_int32.prepare(builder, &false);let prepared_weight_size = field_weight_size.prepare(builder, &0);let prepared_index = field_index.prepare(builder);let prepared_alpha_fp16 = field_alpha_fp16.prepare(builder);let prepared_scale_storage = field_scale_storage.prepare(builder, &self::ScaleStorageType::Fp32);
let mut table_writer: ::planus::table_writer::TableWriter::<36> = ::core::default::Default::default();
if prepared_buffer.is_some() {table_writer.write_entry::<::planus::Offset<[i8]>>(0);}if prepared_alpha.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(1);}if prepared_type_.is_some() {table_writer.write_entry::<i32>(2);}if prepared_quant_scale.is_some() {table_writer.write_entry::<f32>(4);}if prepared_scale_in.is_some() {table_writer.write_entry::<f32>(5);}if prepared_scale_out.is_some() {table_writer.write_entry::<f32>(6);}if prepared_a_max_or_bits.is_some() {table_writer.write_entry::<i32>(7);}if prepared_a_min.is_some() {table_writer.write_entry::<i32>(8);}if prepared_read_type.is_some() {table_writer.write_entry::<i32>(9);}if prepared_weight_size.is_some() {table_writer.write_entry::<u32>(12);}if prepared_index.is_some() {table_writer.write_entry::<::planus::Offset<[u32]>>(13);}if prepared_alpha_fp16.is_some() {table_writer.write_entry::<::planus::Offset<[u16]>>(14);}if prepared_use_int32.is_some() {table_writer.write_entry::<bool>(3);}if prepared_has_scale_int.is_some() {table_writer.write_entry::<bool>(10);}if prepared_shape_int32.is_some() {table_writer.write_entry::<bool>(11);}if prepared_scale_storage.is_some() {table_writer.write_entry::<self::ScaleStorageType>(15);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_buffer) = prepared_buffer {object_writer.write::<_, _, 4>(&prepared_buffer);}if let ::core::option::Option::Some(prepared_alpha) = prepared_alpha {object_writer.write::<_, _, 4>(&prepared_alpha);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_quant_scale) = prepared_quant_scale {object_writer.write::<_, _, 4>(&prepared_quant_scale);}if let ::core::option::Option::Some(prepared_scale_in) = prepared_scale_in {object_writer.write::<_, _, 4>(&prepared_scale_in);}if let ::core::option::Option::Some(prepared_scale_out) = prepared_scale_out {object_writer.write::<_, _, 4>(&prepared_scale_out);}if let ::core::option::Option::Some(prepared_a_max_or_bits) = prepared_a_max_or_bits {object_writer.write::<_, _, 4>(&prepared_a_max_or_bits);}if let ::core::option::Option::Some(prepared_a_min) = prepared_a_min {object_writer.write::<_, _, 4>(&prepared_a_min);}if let ::core::option::Option::Some(prepared_read_type) = prepared_read_type {object_writer.write::<_, _, 4>(&prepared_read_type);}if let ::core::option::Option::Some(prepared_weight_size) = prepared_weight_size {object_writer.write::<_, _, 4>(&prepared_weight_size);}if let ::core::option::Option::Some(prepared_index) = prepared_index {object_writer.write::<_, _, 4>(&prepared_index);}if let ::core::option::Option::Some(prepared_alpha_fp16) = prepared_alpha_fp16 {object_writer.write::<_, _, 4>(&prepared_alpha_fp16);}if let ::core::option::Option::Some(prepared_use_int32) = prepared_use_int32 {object_writer.write::<_, _, 1>(&prepared_use_int32);}if let ::core::option::Option::Some(prepared_has_scale_int) = prepared_has_scale_int {object_writer.write::<_, _, 1>(&prepared_has_scale_int);}if let ::core::option::Option::Some(prepared_shape_int32) = prepared_shape_int32 {object_writer.write::<_, _, 1>(&prepared_shape_int32);}if let ::core::option::Option::Some(prepared_scale_storage) = prepared_scale_storage {object_writer.write::<_, _, 1>(&prepared_scale_storage);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<IdstQuan>> for IdstQuan {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<IdstQuan> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<IdstQuan>> for IdstQuan {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<IdstQuan>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<IdstQuan> for IdstQuan {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<IdstQuan> {
IdstQuan::create(
builder,
&self.buffer,
&self.alpha,
self.type_,
self.use_int32,
self.quant_scale,
self.scale_in,
self.scale_out,
self.a_max_or_bits,
self.a_min,
self.read_type,
self.has_scale_int,
self.shape_int32,
self.weight_size,
&self.index,
&self.alpha_fp16,
self.scale_storage,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct IdstQuanBuilder<State>(State);
impl<
> IdstQuanBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn buffer<T0>(self, value: T0) -> IdstQuanBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>
{
IdstQuanBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn buffer_as_null(self) -> IdstQuanBuilder<(
(),
)>
{
self.buffer(())
}
}
impl<
T0,
> IdstQuanBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn alpha<T1>(self, value: T1) -> IdstQuanBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
) = self.0;IdstQuanBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn alpha_as_null(self) -> IdstQuanBuilder<(
T0,
(),
)>
{
self.alpha(())
}
}
impl<
T0,
T1,
> IdstQuanBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T2>(self, value: T2) -> IdstQuanBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;IdstQuanBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> IdstQuanBuilder<(
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
> IdstQuanBuilder
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
pub fn use_int32<T3>(self, value: T3) -> IdstQuanBuilder<(
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
) = self.0;IdstQuanBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn use_int32_as_default(self) -> IdstQuanBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.use_int32(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> IdstQuanBuilder
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
pub fn quant_scale<T4>(self, value: T4) -> IdstQuanBuilder<(
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
) = self.0;IdstQuanBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn quant_scale_as_default(self) -> IdstQuanBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.quant_scale(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> IdstQuanBuilder
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
pub fn scale_in<T5>(self, value: T5) -> IdstQuanBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;IdstQuanBuilder((
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
pub fn scale_in_as_default(self) -> IdstQuanBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.scale_in(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> IdstQuanBuilder
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
pub fn scale_out<T6>(self, value: T6) -> IdstQuanBuilder<(
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
) = self.0;IdstQuanBuilder((
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
pub fn scale_out_as_default(self) -> IdstQuanBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.scale_out(::planus::DefaultValue)
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
> IdstQuanBuilder
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
pub fn a_max_or_bits<T7>(self, value: T7) -> IdstQuanBuilder<(
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
) = self.0;IdstQuanBuilder((
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
pub fn a_max_or_bits_as_default(self) -> IdstQuanBuilder<(
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
self.a_max_or_bits(::planus::DefaultValue)
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
> IdstQuanBuilder
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
pub fn a_min<T8>(self, value: T8) -> IdstQuanBuilder<(
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
) = self.0;IdstQuanBuilder((
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
pub fn a_min_as_default(self) -> IdstQuanBuilder<(
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
self.a_min(::planus::DefaultValue)
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
> IdstQuanBuilder
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
pub fn read_type<T9>(self, value: T9) -> IdstQuanBuilder<(
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
) = self.0;IdstQuanBuilder((
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
pub fn read_type_as_default(self) -> IdstQuanBuilder<(
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
self.read_type(::planus::DefaultValue)
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
> IdstQuanBuilder
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
pub fn has_scale_int<T10>(self, value: T10) -> IdstQuanBuilder<(
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
) = self.0;IdstQuanBuilder((
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
pub fn has_scale_int_as_default(self) -> IdstQuanBuilder<(
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
self.has_scale_int(::planus::DefaultValue)
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
> IdstQuanBuilder
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
pub fn shape_int32<T11>(self, value: T11) -> IdstQuanBuilder<(
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
where T11: ::planus::WriteAsDefault<bool, bool>
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
) = self.0;IdstQuanBuilder((
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
pub fn shape_int32_as_default(self) -> IdstQuanBuilder<(
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
::planus::DefaultValue,
)>
{
self.shape_int32(::planus::DefaultValue)
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
> IdstQuanBuilder
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
pub fn weight_size<T12>(self, value: T12) -> IdstQuanBuilder<(
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
where T12: ::planus::WriteAsDefault<u32, u32>
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
) = self.0;IdstQuanBuilder((
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
pub fn weight_size_as_default(self) -> IdstQuanBuilder<(
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
::planus::DefaultValue,
)>
{
self.weight_size(::planus::DefaultValue)
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
> IdstQuanBuilder
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
pub fn index<T13>(self, value: T13) -> IdstQuanBuilder<(
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
where T13: ::planus::WriteAsOptional<::planus::Offset<[u32]>>
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
) = self.0;IdstQuanBuilder((
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
pub fn index_as_null(self) -> IdstQuanBuilder<(
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
self.index(())
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
> IdstQuanBuilder
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
pub fn alpha_fp16<T14>(self, value: T14) -> IdstQuanBuilder<(
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
where T14: ::planus::WriteAsOptional<::planus::Offset<[u16]>>
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
) = self.0;IdstQuanBuilder((
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
pub fn alpha_fp16_as_null(self) -> IdstQuanBuilder<(
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
self.alpha_fp16(())
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
> IdstQuanBuilder
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
T14,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_storage<T15>(self, value: T15) -> IdstQuanBuilder<(
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
T15,
)>
where T15: ::planus::WriteAsDefault<self::ScaleStorageType, self::ScaleStorageType>
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
v14,
) = self.0;IdstQuanBuilder((
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
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_storage_as_default(self) -> IdstQuanBuilder<(
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
::planus::DefaultValue,
)>
{
self.scale_storage(::planus::DefaultValue)
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
T15,
> IdstQuanBuilder<(
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
T15,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<IdstQuan>
where Self: ::planus::WriteAsOffset<IdstQuan>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<f32, f32>,
T6: ::planus::WriteAsDefault<f32, f32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<bool, bool>,
T11: ::planus::WriteAsDefault<bool, bool>,
T12: ::planus::WriteAsDefault<u32, u32>,
T13: ::planus::WriteAsOptional<::planus::Offset<[u32]>>,
T14: ::planus::WriteAsOptional<::planus::Offset<[u16]>>,
T15: ::planus::WriteAsDefault<self::ScaleStorageType, self::ScaleStorageType>,
> ::planus::WriteAs<::planus::Offset<IdstQuan>> for IdstQuanBuilder<(
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
T15,
)> {
type Prepared = ::planus::Offset<IdstQuan>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<IdstQuan> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<f32, f32>,
T6: ::planus::WriteAsDefault<f32, f32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<bool, bool>,
T11: ::planus::WriteAsDefault<bool, bool>,
T12: ::planus::WriteAsDefault<u32, u32>,
T13: ::planus::WriteAsOptional<::planus::Offset<[u32]>>,
T14: ::planus::WriteAsOptional<::planus::Offset<[u16]>>,
T15: ::planus::WriteAsDefault<self::ScaleStorageType, self::ScaleStorageType>,
> ::planus::WriteAsOptional<::planus::Offset<IdstQuan>> for IdstQuanBuilder<(
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
T15,
)> {
type Prepared = ::planus::Offset<IdstQuan>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<IdstQuan>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<f32, f32>,
T6: ::planus::WriteAsDefault<f32, f32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsDefault<bool, bool>,
T11: ::planus::WriteAsDefault<bool, bool>,
T12: ::planus::WriteAsDefault<u32, u32>,
T13: ::planus::WriteAsOptional<::planus::Offset<[u32]>>,
T14: ::planus::WriteAsOptional<::planus::Offset<[u16]>>,
T15: ::planus::WriteAsDefault<self::ScaleStorageType, self::ScaleStorageType>,
> ::planus::WriteAsOffset<IdstQuan> for IdstQuanBuilder<(
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
T15,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<IdstQuan> {
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
v15,
) = &self.0;IdstQuan::create(
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
v15,
)
}
}
#[derive(Copy, Clone)]
pub struct IdstQuanRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> IdstQuanRef<'a> {
#[inline]
pub fn buffer(&self) -> ::planus::Result<::core::option::Option<&'a [i8]>> {
self.0.access(0, "IdstQuan", "buffer")
}
#[inline]
pub fn alpha(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(1, "IdstQuan", "alpha")
}
#[inline]
pub fn type_(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "IdstQuan", "type_")
?.unwrap_or(0))
}
#[inline]
pub fn use_int32(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(3, "IdstQuan", "use_int32")
?.unwrap_or(false))
}
#[inline]
pub fn quant_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(4, "IdstQuan", "quant_scale")
?.unwrap_or(0.0))
}
#[inline]
pub fn scale_in(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(5, "IdstQuan", "scale_in")
?.unwrap_or(0.0))
}
#[inline]
pub fn scale_out(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(6, "IdstQuan", "scale_out")
?.unwrap_or(0.0))
}
#[inline]
pub fn a_max_or_bits(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(7, "IdstQuan", "a_max_or_bits")
?.unwrap_or(0))
}
#[inline]
pub fn a_min(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(8, "IdstQuan", "a_min")
?.unwrap_or(0))
}
#[inline]
pub fn read_type(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(9, "IdstQuan", "read_type")
?.unwrap_or(0))
}
#[inline]
pub fn has_scale_int(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(10, "IdstQuan", "has_scale_int")
?.unwrap_or(false))
}
#[inline]
pub fn shape_int32(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(11, "IdstQuan", "shape_int32")
?.unwrap_or(false))
}
#[inline]
pub fn weight_size(&self) -> ::planus::Result<u32> {
::core::result::Result::Ok(
self.0.access(12, "IdstQuan", "weight_size")
?.unwrap_or(0))
}
#[inline]
pub fn index(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, u32>>> {
self.0.access(13, "IdstQuan", "index")
}
#[inline]
pub fn alpha_fp16(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, u16>>> {
self.0.access(14, "IdstQuan", "alpha_fp16")
}
#[inline]
pub fn scale_storage(&self) -> ::planus::Result<self::ScaleStorageType> {
::core::result::Result::Ok(
self.0.access(15, "IdstQuan", "scale_storage")
?.unwrap_or(self::ScaleStorageType::Fp32))
}
}
impl<'a> ::core::fmt::Debug for IdstQuanRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("IdstQuanRef");
if let ::core::option::Option::Some(field_buffer) = self.buffer().transpose() {
f.field("buffer", &field_buffer);
}if let ::core::option::Option::Some(field_alpha) = self.alpha().transpose() {
f.field("alpha", &field_alpha);
}f.field("type_", &self.type_());f.field("use_int32", &self.use_int32());f.field("quant_scale", &self.quant_scale());f.field("scale_in", &self.scale_in());f.field("scale_out", &self.scale_out());f.field("a_max_or_bits", &self.a_max_or_bits());f.field("a_min", &self.a_min());f.field("read_type", &self.read_type());f.field("has_scale_int", &self.has_scale_int());f.field("shape_int32", &self.shape_int32());f.field("weight_size", &self.weight_size());if let ::core::option::Option::Some(field_index) = self.index().transpose() {
f.field("index", &field_index);
}if let ::core::option::Option::Some(field_alpha_fp16) = self.alpha_fp16().transpose() {
f.field("alpha_fp16", &field_alpha_fp16);
}f.field("scale_storage", &self.scale_storage());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<IdstQuanRef<'a>> for IdstQuan {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: IdstQuanRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
buffer: value.buffer()?.map(|v| v.to_vec()),alpha:
if let ::core::option::Option::Some(alpha) = value.alpha()? {
::core::option::Option::Some(alpha.to_vec()?)
} else {
::core::option::Option::None
}
,type_: ::core::convert::TryInto::try_into(value.type_()?)?,use_int32: ::core::convert::TryInto::try_into(value.use_int32()?)?,quant_scale: ::core::convert::TryInto::try_into(value.quant_scale()?)?,scale_in: ::core::convert::TryInto::try_into(value.scale_in()?)?,scale_out: ::core::convert::TryInto::try_into(value.scale_out()?)?,a_max_or_bits: ::core::convert::TryInto::try_into(value.a_max_or_bits()?)?,a_min: ::core::convert::TryInto::try_into(value.a_min()?)?,read_type: ::core::convert::TryInto::try_into(value.read_type()?)?,has_scale_int: ::core::convert::TryInto::try_into(value.has_scale_int()?)?,shape_int32: ::core::convert::TryInto::try_into(value.shape_int32()?)?,weight_size: ::core::convert::TryInto::try_into(value.weight_size()?)?,index:
if let ::core::option::Option::Some(index) = value.index()? {
::core::option::Option::Some(index.to_vec()?)
} else {
::core::option::Option::None
}
,alpha_fp16:
if let ::core::option::Option::Some(alpha_fp16) = value.alpha_fp16()? {
::core::option::Option::Some(alpha_fp16.to_vec()?)
} else {
::core::option::Option::None
}
,scale_storage: ::core::convert::TryInto::try_into(value.scale_storage()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for IdstQuanRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for IdstQuanRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[IdstQuanRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<IdstQuan>> for IdstQuan {
type Value = ::planus::Offset<IdstQuan>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<IdstQuan>],
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
impl<'a> ::planus::ReadAsRoot<'a> for IdstQuanRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[IdstQuanRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum QuantizeAlgo {
Default = 0,
OverflowAware = 1,
WinogradAware = 2,
}
impl QuantizeAlgo {
pub const ENUM_VALUES: [Self; 3] = [Self::Default,Self::OverflowAware,Self::WinogradAware,];
}
impl ::core::convert::TryFrom<i8> for QuantizeAlgo {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(QuantizeAlgo::Default),
1 => ::core::result::Result::Ok(QuantizeAlgo::OverflowAware),
2 => ::core::result::Result::Ok(QuantizeAlgo::WinogradAware),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<QuantizeAlgo> for i8 {
#[inline]
fn from(value: QuantizeAlgo) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for QuantizeAlgo {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<QuantizeAlgo> for QuantizeAlgo {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<QuantizeAlgo> for QuantizeAlgo {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> QuantizeAlgo {
*self
}
}
impl ::planus::WriteAsDefault<QuantizeAlgo, QuantizeAlgo> for QuantizeAlgo {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &QuantizeAlgo) -> ::core::option::Option<QuantizeAlgo> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<QuantizeAlgo> for QuantizeAlgo {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<QuantizeAlgo> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for QuantizeAlgo {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for QuantizeAlgo {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"QuantizeAlgo",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<QuantizeAlgo> for QuantizeAlgo {
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
pub struct QuantizedFloatParam{
pub weight: ::core::option::Option<::planus::alloc::vec::Vec<i8>>,
pub bias: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub scale: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub tensor_scale: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub method: self::QuantizeAlgo,
pub nbits: i32,
pub zero_point: i8,
pub output_zero_point: i8,
pub clamp_min: i8,
pub clamp_max: i8,
pub winograd_attr: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub output_data_type: self::DataType,
pub floatzeros: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for QuantizedFloatParam {
fn default() -> Self {
Self {
weight: ::core::default::Default::default(),
bias: ::core::default::Default::default(),
scale: ::core::default::Default::default(),
tensor_scale: ::core::default::Default::default(),
method: self::QuantizeAlgo::Default,
nbits: 8,
zero_point: 0,
output_zero_point: 0,
clamp_min: -128,
clamp_max: 127,
winograd_attr: ::core::default::Default::default(),
output_data_type: self::DataType::DtInt8,
floatzeros: ::core::default::Default::default(),
}
}
}
impl QuantizedFloatParam {
#[inline]
pub fn builder() -> QuantizedFloatParamBuilder<()> {
QuantizedFloatParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_weight: impl ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
field_bias: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_scale: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_tensor_scale: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_method: impl ::planus::WriteAsDefault<self::QuantizeAlgo, self::QuantizeAlgo>,
field_nbits: impl ::planus::WriteAsDefault<i32, i32>,
field_zero_point: impl ::planus::WriteAsDefault<i8, i8>,
field_output_zero_point: impl ::planus::WriteAsDefault<i8, i8>,
field_clamp_min: impl ::planus::WriteAsDefault<i8, i8>,
field_clamp_max: impl ::planus::WriteAsDefault<i8, i8>,
field_winograd_attr: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_output_data_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_floatzeros: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
) -> ::planus::Offset<Self> {let prepared_weight = field_weight.prepare(builder);let prepared_bias = field_bias.prepare(builder);let prepared_scale = field_scale.prepare(builder);let prepared_tensor_scale = field_tensor_scale.prepare(builder);let prepared_method = field_method.prepare(builder, &self::QuantizeAlgo::Default);let prepared_nbits = field_nbits.prepare(builder, &8);let prepared_zero_point = field_zero_point.prepare(builder, &0);let prepared_output_zero_point = field_output_zero_point.prepare(builder, &0);let prepared_clamp_min = field_clamp_min.prepare(builder, &-128);let prepared_clamp_max = field_clamp_max.prepare(builder, &127);let prepared_winograd_attr = field_winograd_attr.prepare(builder);let prepared_output_data_type = field_output_data_type.prepare(builder, &self::DataType::DtInt8);let prepared_floatzeros = field_floatzeros.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<30> = ::core::default::Default::default();
if prepared_weight.is_some() {table_writer.write_entry::<::planus::Offset<[i8]>>(0);}if prepared_bias.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_scale.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_tensor_scale.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(3);}if prepared_nbits.is_some() {table_writer.write_entry::<i32>(5);}if prepared_winograd_attr.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(10);}if prepared_output_data_type.is_some() {table_writer.write_entry::<self::DataType>(11);}if prepared_floatzeros.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(12);}if prepared_method.is_some() {table_writer.write_entry::<self::QuantizeAlgo>(4);}if prepared_zero_point.is_some() {table_writer.write_entry::<i8>(6);}if prepared_output_zero_point.is_some() {table_writer.write_entry::<i8>(7);}if prepared_clamp_min.is_some() {table_writer.write_entry::<i8>(8);}if prepared_clamp_max.is_some() {table_writer.write_entry::<i8>(9);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_weight) = prepared_weight {object_writer.write::<_, _, 4>(&prepared_weight);}if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}if let ::core::option::Option::Some(prepared_scale) = prepared_scale {object_writer.write::<_, _, 4>(&prepared_scale);}if let ::core::option::Option::Some(prepared_tensor_scale) = prepared_tensor_scale {object_writer.write::<_, _, 4>(&prepared_tensor_scale);}if let ::core::option::Option::Some(prepared_nbits) = prepared_nbits {object_writer.write::<_, _, 4>(&prepared_nbits);}if let ::core::option::Option::Some(prepared_winograd_attr) = prepared_winograd_attr {object_writer.write::<_, _, 4>(&prepared_winograd_attr);}if let ::core::option::Option::Some(prepared_output_data_type) = prepared_output_data_type {object_writer.write::<_, _, 4>(&prepared_output_data_type);}if let ::core::option::Option::Some(prepared_floatzeros) = prepared_floatzeros {object_writer.write::<_, _, 4>(&prepared_floatzeros);}if let ::core::option::Option::Some(prepared_method) = prepared_method {object_writer.write::<_, _, 1>(&prepared_method);}if let ::core::option::Option::Some(prepared_zero_point) = prepared_zero_point {object_writer.write::<_, _, 1>(&prepared_zero_point);}if let ::core::option::Option::Some(prepared_output_zero_point) = prepared_output_zero_point {object_writer.write::<_, _, 1>(&prepared_output_zero_point);}if let ::core::option::Option::Some(prepared_clamp_min) = prepared_clamp_min {object_writer.write::<_, _, 1>(&prepared_clamp_min);}if let ::core::option::Option::Some(prepared_clamp_max) = prepared_clamp_max {object_writer.write::<_, _, 1>(&prepared_clamp_max);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<QuantizedFloatParam>> for QuantizedFloatParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedFloatParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<QuantizedFloatParam>> for QuantizedFloatParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedFloatParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<QuantizedFloatParam> for QuantizedFloatParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedFloatParam> {
QuantizedFloatParam::create(
builder,
&self.weight,
&self.bias,
&self.scale,
&self.tensor_scale,
self.method,
self.nbits,
self.zero_point,
self.output_zero_point,
self.clamp_min,
self.clamp_max,
&self.winograd_attr,
self.output_data_type,
&self.floatzeros,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct QuantizedFloatParamBuilder<State>(State);
impl<
> QuantizedFloatParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight<T0>(self, value: T0) -> QuantizedFloatParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>
{
QuantizedFloatParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_as_null(self) -> QuantizedFloatParamBuilder<(
(),
)>
{
self.weight(())
}
}
impl<
T0,
> QuantizedFloatParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias<T1>(self, value: T1) -> QuantizedFloatParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;QuantizedFloatParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_as_null(self) -> QuantizedFloatParamBuilder<(
T0,
(),
)>
{
self.bias(())
}
}
impl<
T0,
T1,
> QuantizedFloatParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale<T2>(self, value: T2) -> QuantizedFloatParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;QuantizedFloatParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_as_null(self) -> QuantizedFloatParamBuilder<(
T0,
T1,
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
> QuantizedFloatParamBuilder
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
pub fn tensor_scale<T3>(self, value: T3) -> QuantizedFloatParamBuilder<(
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
) = self.0;QuantizedFloatParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensor_scale_as_null(self) -> QuantizedFloatParamBuilder<(
T0,
T1,
T2,
(),
)>
{
self.tensor_scale(())
}
}
impl<
T0,
T1,
T2,
T3,
> QuantizedFloatParamBuilder
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
pub fn method<T4>(self, value: T4) -> QuantizedFloatParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<self::QuantizeAlgo, self::QuantizeAlgo>
{
let (
v0,
v1,
v2,
v3,
) = self.0;QuantizedFloatParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn method_as_default(self) -> QuantizedFloatParamBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.method(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> QuantizedFloatParamBuilder
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
pub fn nbits<T5>(self, value: T5) -> QuantizedFloatParamBuilder<(
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
) = self.0;QuantizedFloatParamBuilder((
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
pub fn nbits_as_default(self) -> QuantizedFloatParamBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.nbits(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> QuantizedFloatParamBuilder
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
pub fn zero_point<T6>(self, value: T6) -> QuantizedFloatParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsDefault<i8, i8>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;QuantizedFloatParamBuilder((
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
pub fn zero_point_as_default(self) -> QuantizedFloatParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.zero_point(::planus::DefaultValue)
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
> QuantizedFloatParamBuilder
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
pub fn output_zero_point<T7>(self, value: T7) -> QuantizedFloatParamBuilder<(
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
) = self.0;QuantizedFloatParamBuilder((
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
pub fn output_zero_point_as_default(self) -> QuantizedFloatParamBuilder<(
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
self.output_zero_point(::planus::DefaultValue)
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
> QuantizedFloatParamBuilder
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
pub fn clamp_min<T8>(self, value: T8) -> QuantizedFloatParamBuilder<(
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
where T8: ::planus::WriteAsDefault<i8, i8>
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
) = self.0;QuantizedFloatParamBuilder((
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
pub fn clamp_min_as_default(self) -> QuantizedFloatParamBuilder<(
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
self.clamp_min(::planus::DefaultValue)
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
> QuantizedFloatParamBuilder
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
pub fn clamp_max<T9>(self, value: T9) -> QuantizedFloatParamBuilder<(
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
where T9: ::planus::WriteAsDefault<i8, i8>
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
) = self.0;QuantizedFloatParamBuilder((
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
pub fn clamp_max_as_default(self) -> QuantizedFloatParamBuilder<(
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
self.clamp_max(::planus::DefaultValue)
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
> QuantizedFloatParamBuilder
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
pub fn winograd_attr<T10>(self, value: T10) -> QuantizedFloatParamBuilder<(
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
where T10: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
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
) = self.0;QuantizedFloatParamBuilder((
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
pub fn winograd_attr_as_null(self) -> QuantizedFloatParamBuilder<(
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
self.winograd_attr(())
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
> QuantizedFloatParamBuilder
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
pub fn output_data_type<T11>(self, value: T11) -> QuantizedFloatParamBuilder<(
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
where T11: ::planus::WriteAsDefault<self::DataType, self::DataType>
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
) = self.0;QuantizedFloatParamBuilder((
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
pub fn output_data_type_as_default(self) -> QuantizedFloatParamBuilder<(
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
::planus::DefaultValue,
)>
{
self.output_data_type(::planus::DefaultValue)
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
> QuantizedFloatParamBuilder
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
pub fn floatzeros<T12>(self, value: T12) -> QuantizedFloatParamBuilder<(
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
where T12: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
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
) = self.0;QuantizedFloatParamBuilder((
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
pub fn floatzeros_as_null(self) -> QuantizedFloatParamBuilder<(
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
self.floatzeros(())
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
> QuantizedFloatParamBuilder<(
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
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedFloatParam>
where Self: ::planus::WriteAsOffset<QuantizedFloatParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<self::QuantizeAlgo, self::QuantizeAlgo>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i8, i8>,
T7: ::planus::WriteAsDefault<i8, i8>,
T8: ::planus::WriteAsDefault<i8, i8>,
T9: ::planus::WriteAsDefault<i8, i8>,
T10: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T11: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T12: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAs<::planus::Offset<QuantizedFloatParam>> for QuantizedFloatParamBuilder<(
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
)> {
type Prepared = ::planus::Offset<QuantizedFloatParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedFloatParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<self::QuantizeAlgo, self::QuantizeAlgo>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i8, i8>,
T7: ::planus::WriteAsDefault<i8, i8>,
T8: ::planus::WriteAsDefault<i8, i8>,
T9: ::planus::WriteAsDefault<i8, i8>,
T10: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T11: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T12: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOptional<::planus::Offset<QuantizedFloatParam>> for QuantizedFloatParamBuilder<(
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
)> {
type Prepared = ::planus::Offset<QuantizedFloatParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<QuantizedFloatParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<self::QuantizeAlgo, self::QuantizeAlgo>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i8, i8>,
T7: ::planus::WriteAsDefault<i8, i8>,
T8: ::planus::WriteAsDefault<i8, i8>,
T9: ::planus::WriteAsDefault<i8, i8>,
T10: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T11: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T12: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOffset<QuantizedFloatParam> for QuantizedFloatParamBuilder<(
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
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<QuantizedFloatParam> {
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
) = &self.0;QuantizedFloatParam::create(
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
)
}
}
#[derive(Copy, Clone)]
pub struct QuantizedFloatParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> QuantizedFloatParamRef<'a> {
#[inline]
pub fn weight(&self) -> ::planus::Result<::core::option::Option<&'a [i8]>> {
self.0.access(0, "QuantizedFloatParam", "weight")
}
#[inline]
pub fn bias(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "QuantizedFloatParam", "bias")
}
#[inline]
pub fn scale(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "QuantizedFloatParam", "scale")
}
#[inline]
pub fn tensor_scale(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(3, "QuantizedFloatParam", "tensor_scale")
}
#[inline]
pub fn method(&self) -> ::planus::Result<self::QuantizeAlgo> {
::core::result::Result::Ok(
self.0.access(4, "QuantizedFloatParam", "method")
?.unwrap_or(self::QuantizeAlgo::Default))
}
#[inline]
pub fn nbits(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "QuantizedFloatParam", "nbits")
?.unwrap_or(8))
}
#[inline]
pub fn zero_point(&self) -> ::planus::Result<i8> {
::core::result::Result::Ok(
self.0.access(6, "QuantizedFloatParam", "zero_point")
?.unwrap_or(0))
}
#[inline]
pub fn output_zero_point(&self) -> ::planus::Result<i8> {
::core::result::Result::Ok(
self.0.access(7, "QuantizedFloatParam", "output_zero_point")
?.unwrap_or(0))
}
#[inline]
pub fn clamp_min(&self) -> ::planus::Result<i8> {
::core::result::Result::Ok(
self.0.access(8, "QuantizedFloatParam", "clamp_min")
?.unwrap_or(-128))
}
#[inline]
pub fn clamp_max(&self) -> ::planus::Result<i8> {
::core::result::Result::Ok(
self.0.access(9, "QuantizedFloatParam", "clamp_max")
?.unwrap_or(127))
}
#[inline]
pub fn winograd_attr(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(10, "QuantizedFloatParam", "winograd_attr")
}
#[inline]
pub fn output_data_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(11, "QuantizedFloatParam", "output_data_type")
?.unwrap_or(self::DataType::DtInt8))
}
#[inline]
pub fn floatzeros(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(12, "QuantizedFloatParam", "floatzeros")
}
}
impl<'a> ::core::fmt::Debug for QuantizedFloatParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("QuantizedFloatParamRef");
if let ::core::option::Option::Some(field_weight) = self.weight().transpose() {
f.field("weight", &field_weight);
}if let ::core::option::Option::Some(field_bias) = self.bias().transpose() {
f.field("bias", &field_bias);
}if let ::core::option::Option::Some(field_scale) = self.scale().transpose() {
f.field("scale", &field_scale);
}if let ::core::option::Option::Some(field_tensor_scale) = self.tensor_scale().transpose() {
f.field("tensor_scale", &field_tensor_scale);
}f.field("method", &self.method());f.field("nbits", &self.nbits());f.field("zero_point", &self.zero_point());f.field("output_zero_point", &self.output_zero_point());f.field("clamp_min", &self.clamp_min());f.field("clamp_max", &self.clamp_max());if let ::core::option::Option::Some(field_winograd_attr) = self.winograd_attr().transpose() {
f.field("winograd_attr", &field_winograd_attr);
}f.field("output_data_type", &self.output_data_type());if let ::core::option::Option::Some(field_floatzeros) = self.floatzeros().transpose() {
f.field("floatzeros", &field_floatzeros);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<QuantizedFloatParamRef<'a>> for QuantizedFloatParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: QuantizedFloatParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
weight: value.weight()?.map(|v| v.to_vec()),bias:
if let ::core::option::Option::Some(bias) = value.bias()? {
::core::option::Option::Some(bias.to_vec()?)
} else {
::core::option::Option::None
}
,scale:
if let ::core::option::Option::Some(scale) = value.scale()? {
::core::option::Option::Some(scale.to_vec()?)
} else {
::core::option::Option::None
}
,tensor_scale:
if let ::core::option::Option::Some(tensor_scale) = value.tensor_scale()? {
::core::option::Option::Some(tensor_scale.to_vec()?)
} else {
::core::option::Option::None
}
,method: ::core::convert::TryInto::try_into(value.method()?)?,nbits: ::core::convert::TryInto::try_into(value.nbits()?)?,zero_point: ::core::convert::TryInto::try_into(value.zero_point()?)?,output_zero_point: ::core::convert::TryInto::try_into(value.output_zero_point()?)?,clamp_min: ::core::convert::TryInto::try_into(value.clamp_min()?)?,clamp_max: ::core::convert::TryInto::try_into(value.clamp_max()?)?,winograd_attr:
if let ::core::option::Option::Some(winograd_attr) = value.winograd_attr()? {
::core::option::Option::Some(winograd_attr.to_vec()?)
} else {
::core::option::Option::None
}
,output_data_type: ::core::convert::TryInto::try_into(value.output_data_type()?)?,floatzeros:
if let ::core::option::Option::Some(floatzeros) = value.floatzeros()? {
::core::option::Option::Some(floatzeros.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for QuantizedFloatParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for QuantizedFloatParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedFloatParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<QuantizedFloatParam>> for QuantizedFloatParam {
type Value = ::planus::Offset<QuantizedFloatParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<QuantizedFloatParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for QuantizedFloatParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[QuantizedFloatParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Convolution2D{
pub common: ::core::option::Option<::planus::alloc::boxed::Box<self::Convolution2DCommon>>,
pub weight: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub bias: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub quan_parameter: ::core::option::Option<::planus::alloc::boxed::Box<self::IdstQuan>>,
pub symmetric_quan: ::core::option::Option<::planus::alloc::boxed::Box<self::QuantizedFloatParam>>,
pub sparse_parameter: ::core::option::Option<::planus::alloc::boxed::Box<self::SparseCommon>>,
pub external: ::core::option::Option<::planus::alloc::vec::Vec<i64>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Convolution2D {
fn default() -> Self {
Self {
common: ::core::default::Default::default(),
weight: ::core::default::Default::default(),
bias: ::core::default::Default::default(),
quan_parameter: ::core::default::Default::default(),
symmetric_quan: ::core::default::Default::default(),
sparse_parameter: ::core::default::Default::default(),
external: ::core::default::Default::default(),
}
}
}
impl Convolution2D {
#[inline]
pub fn builder() -> Convolution2DBuilder<()> {
Convolution2DBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_common: impl ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>,
field_weight: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_bias: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_quan_parameter: impl ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>,
field_symmetric_quan: impl ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
field_sparse_parameter: impl ::planus::WriteAsOptional<::planus::Offset<self::SparseCommon>>,
field_external: impl ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
) -> ::planus::Offset<Self> {let prepared_common = field_common.prepare(builder);let prepared_weight = field_weight.prepare(builder);let prepared_bias = field_bias.prepare(builder);let prepared_quan_parameter = field_quan_parameter.prepare(builder);let prepared_symmetric_quan = field_symmetric_quan.prepare(builder);let prepared_sparse_parameter = field_sparse_parameter.prepare(builder);let prepared_external = field_external.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<18> = ::core::default::Default::default();
if prepared_common.is_some() {table_writer.write_entry::<::planus::Offset<self::Convolution2DCommon>>(0);}if prepared_weight.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(1);}if prepared_bias.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_quan_parameter.is_some() {table_writer.write_entry::<::planus::Offset<self::IdstQuan>>(3);}if prepared_symmetric_quan.is_some() {table_writer.write_entry::<::planus::Offset<self::QuantizedFloatParam>>(4);}if prepared_sparse_parameter.is_some() {table_writer.write_entry::<::planus::Offset<self::SparseCommon>>(5);}if prepared_external.is_some() {table_writer.write_entry::<::planus::Offset<[i64]>>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_common) = prepared_common {object_writer.write::<_, _, 4>(&prepared_common);}if let ::core::option::Option::Some(prepared_weight) = prepared_weight {object_writer.write::<_, _, 4>(&prepared_weight);}if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}if let ::core::option::Option::Some(prepared_quan_parameter) = prepared_quan_parameter {object_writer.write::<_, _, 4>(&prepared_quan_parameter);}if let ::core::option::Option::Some(prepared_symmetric_quan) = prepared_symmetric_quan {object_writer.write::<_, _, 4>(&prepared_symmetric_quan);}if let ::core::option::Option::Some(prepared_sparse_parameter) = prepared_sparse_parameter {object_writer.write::<_, _, 4>(&prepared_sparse_parameter);}if let ::core::option::Option::Some(prepared_external) = prepared_external {object_writer.write::<_, _, 4>(&prepared_external);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Convolution2D>> for Convolution2D {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2D> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Convolution2D>> for Convolution2D {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Convolution2D>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Convolution2D> for Convolution2D {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2D> {
Convolution2D::create(
builder,
&self.common,
&self.weight,
&self.bias,
&self.quan_parameter,
&self.symmetric_quan,
&self.sparse_parameter,
&self.external,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct Convolution2DBuilder<State>(State);
impl<
> Convolution2DBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn common<T0>(self, value: T0) -> Convolution2DBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>
{
Convolution2DBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn common_as_null(self) -> Convolution2DBuilder<(
(),
)>
{
self.common(())
}
}
impl<
T0,
> Convolution2DBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight<T1>(self, value: T1) -> Convolution2DBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
) = self.0;Convolution2DBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_as_null(self) -> Convolution2DBuilder<(
T0,
(),
)>
{
self.weight(())
}
}
impl<
T0,
T1,
> Convolution2DBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias<T2>(self, value: T2) -> Convolution2DBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;Convolution2DBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_as_null(self) -> Convolution2DBuilder<(
T0,
T1,
(),
)>
{
self.bias(())
}
}
impl<
T0,
T1,
T2,
> Convolution2DBuilder
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
pub fn quan_parameter<T3>(self, value: T3) -> Convolution2DBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>
{
let (
v0,
v1,
v2,
) = self.0;Convolution2DBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn quan_parameter_as_null(self) -> Convolution2DBuilder<(
T0,
T1,
T2,
(),
)>
{
self.quan_parameter(())
}
}
impl<
T0,
T1,
T2,
T3,
> Convolution2DBuilder
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
pub fn symmetric_quan<T4>(self, value: T4) -> Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;Convolution2DBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn symmetric_quan_as_null(self) -> Convolution2DBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.symmetric_quan(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> Convolution2DBuilder
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
pub fn sparse_parameter<T5>(self, value: T5) -> Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<::planus::Offset<self::SparseCommon>>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;Convolution2DBuilder((
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
pub fn sparse_parameter_as_null(self) -> Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.sparse_parameter(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> Convolution2DBuilder
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
pub fn external<T6>(self, value: T6) -> Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;Convolution2DBuilder((
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
pub fn external_as_null(self) -> Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.external(())
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
> Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2D>
where Self: ::planus::WriteAsOffset<Convolution2D>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::SparseCommon>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAs<::planus::Offset<Convolution2D>> for Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<Convolution2D>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2D> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::SparseCommon>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOptional<::planus::Offset<Convolution2D>> for Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<Convolution2D>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Convolution2D>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Convolution2DCommon>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::QuantizedFloatParam>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::SparseCommon>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOffset<Convolution2D> for Convolution2DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution2D> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = &self.0;Convolution2D::create(
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
pub struct Convolution2DRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> Convolution2DRef<'a> {
#[inline]
pub fn common(&self) -> ::planus::Result<::core::option::Option<self::Convolution2DCommonRef<'a>>> {
self.0.access(0, "Convolution2D", "common")
}
#[inline]
pub fn weight(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(1, "Convolution2D", "weight")
}
#[inline]
pub fn bias(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "Convolution2D", "bias")
}
#[inline]
pub fn quan_parameter(&self) -> ::planus::Result<::core::option::Option<self::IdstQuanRef<'a>>> {
self.0.access(3, "Convolution2D", "quan_parameter")
}
#[inline]
pub fn symmetric_quan(&self) -> ::planus::Result<::core::option::Option<self::QuantizedFloatParamRef<'a>>> {
self.0.access(4, "Convolution2D", "symmetric_quan")
}
#[inline]
pub fn sparse_parameter(&self) -> ::planus::Result<::core::option::Option<self::SparseCommonRef<'a>>> {
self.0.access(5, "Convolution2D", "sparse_parameter")
}
#[inline]
pub fn external(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i64>>> {
self.0.access(6, "Convolution2D", "external")
}
}
impl<'a> ::core::fmt::Debug for Convolution2DRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("Convolution2DRef");
if let ::core::option::Option::Some(field_common) = self.common().transpose() {
f.field("common", &field_common);
}if let ::core::option::Option::Some(field_weight) = self.weight().transpose() {
f.field("weight", &field_weight);
}if let ::core::option::Option::Some(field_bias) = self.bias().transpose() {
f.field("bias", &field_bias);
}if let ::core::option::Option::Some(field_quan_parameter) = self.quan_parameter().transpose() {
f.field("quan_parameter", &field_quan_parameter);
}if let ::core::option::Option::Some(field_symmetric_quan) = self.symmetric_quan().transpose() {
f.field("symmetric_quan", &field_symmetric_quan);
}if let ::core::option::Option::Some(field_sparse_parameter) = self.sparse_parameter().transpose() {
f.field("sparse_parameter", &field_sparse_parameter);
}if let ::core::option::Option::Some(field_external) = self.external().transpose() {
f.field("external", &field_external);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<Convolution2DRef<'a>> for Convolution2D {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: Convolution2DRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
common:
if let ::core::option::Option::Some(common) = value.common()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(common)?))
} else {
::core::option::Option::None
}
,weight:
if let ::core::option::Option::Some(weight) = value.weight()? {
::core::option::Option::Some(weight.to_vec()?)
} else {
::core::option::Option::None
}
,bias:
if let ::core::option::Option::Some(bias) = value.bias()? {
::core::option::Option::Some(bias.to_vec()?)
} else {
::core::option::Option::None
}
,quan_parameter:
if let ::core::option::Option::Some(quan_parameter) = value.quan_parameter()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(quan_parameter)?))
} else {
::core::option::Option::None
}
,symmetric_quan:
if let ::core::option::Option::Some(symmetric_quan) = value.symmetric_quan()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(symmetric_quan)?))
} else {
::core::option::Option::None
}
,sparse_parameter:
if let ::core::option::Option::Some(sparse_parameter) = value.sparse_parameter()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(sparse_parameter)?))
} else {
::core::option::Option::None
}
,external:
if let ::core::option::Option::Some(external) = value.external()? {
::core::option::Option::Some(external.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for Convolution2DRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for Convolution2DRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[Convolution2DRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Convolution2D>> for Convolution2D {
type Value = ::planus::Offset<Convolution2D>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Convolution2D>],
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
impl<'a> ::planus::ReadAsRoot<'a> for Convolution2DRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[Convolution2DRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum PoolType {
Maxpool = 0,
Avepool = 1,
}
impl PoolType {
pub const ENUM_VALUES: [Self; 2] = [Self::Maxpool,Self::Avepool,];
}
impl ::core::convert::TryFrom<i8> for PoolType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(PoolType::Maxpool),
1 => ::core::result::Result::Ok(PoolType::Avepool),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<PoolType> for i8 {
#[inline]
fn from(value: PoolType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for PoolType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<PoolType> for PoolType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<PoolType> for PoolType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> PoolType {
*self
}
}
impl ::planus::WriteAsDefault<PoolType, PoolType> for PoolType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &PoolType) -> ::core::option::Option<PoolType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<PoolType> for PoolType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<PoolType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for PoolType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for PoolType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"PoolType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<PoolType> for PoolType {
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
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum PoolPadType {
Caffe = 0,
Valid = 1,
Same = 2,
}
impl PoolPadType {
pub const ENUM_VALUES: [Self; 3] = [Self::Caffe,Self::Valid,Self::Same,];
}
impl ::core::convert::TryFrom<i8> for PoolPadType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(PoolPadType::Caffe),
1 => ::core::result::Result::Ok(PoolPadType::Valid),
2 => ::core::result::Result::Ok(PoolPadType::Same),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<PoolPadType> for i8 {
#[inline]
fn from(value: PoolPadType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for PoolPadType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<PoolPadType> for PoolPadType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<PoolPadType> for PoolPadType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> PoolPadType {
*self
}
}
impl ::planus::WriteAsDefault<PoolPadType, PoolPadType> for PoolPadType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &PoolPadType) -> ::core::option::Option<PoolPadType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<PoolPadType> for PoolPadType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<PoolPadType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for PoolPadType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for PoolPadType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"PoolPadType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<PoolPadType> for PoolPadType {
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
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum AvgPoolCountType {
Default = 0,
IncludePadding = 1,
ExcludePadding = 2,
}
impl AvgPoolCountType {
pub const ENUM_VALUES: [Self; 3] = [Self::Default,Self::IncludePadding,Self::ExcludePadding,];
}
impl ::core::convert::TryFrom<i8> for AvgPoolCountType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(AvgPoolCountType::Default),
1 => ::core::result::Result::Ok(AvgPoolCountType::IncludePadding),
2 => ::core::result::Result::Ok(AvgPoolCountType::ExcludePadding),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<AvgPoolCountType> for i8 {
#[inline]
fn from(value: AvgPoolCountType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for AvgPoolCountType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<AvgPoolCountType> for AvgPoolCountType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<AvgPoolCountType> for AvgPoolCountType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> AvgPoolCountType {
*self
}
}
impl ::planus::WriteAsDefault<AvgPoolCountType, AvgPoolCountType> for AvgPoolCountType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &AvgPoolCountType) -> ::core::option::Option<AvgPoolCountType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<AvgPoolCountType> for AvgPoolCountType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<AvgPoolCountType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for AvgPoolCountType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for AvgPoolCountType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"AvgPoolCountType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<AvgPoolCountType> for AvgPoolCountType {
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
pub struct Pool{
pub pad_x: i32,
pub pad_y: i32,
pub is_global: bool,
pub kernel_x: i32,
pub kernel_y: i32,
pub stride_x: i32,
pub stride_y: i32,
pub type_: self::PoolType,
pub pad_type: self::PoolPadType,
pub data_type: self::DataType,
pub ceil_model: bool,
pub pads: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub count_type: self::AvgPoolCountType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Pool {
fn default() -> Self {
Self {
pad_x: 0,
pad_y: 0,
is_global: false,
kernel_x: 0,
kernel_y: 0,
stride_x: 0,
stride_y: 0,
type_: self::PoolType::Maxpool,
pad_type: self::PoolPadType::Caffe,
data_type: self::DataType::DtFloat,
ceil_model: true,
pads: ::core::default::Default::default(),
count_type: self::AvgPoolCountType::Default,
}
}
}
impl Pool {
#[inline]
pub fn builder() -> PoolBuilder<()> {
PoolBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_pad_x: impl ::planus::WriteAsDefault<i32, i32>,
field_pad_y: impl ::planus::WriteAsDefault<i32, i32>,
field_is_global: impl ::planus::WriteAsDefault<bool, bool>,
field_kernel_x: impl ::planus::WriteAsDefault<i32, i32>,
field_kernel_y: impl ::planus::WriteAsDefault<i32, i32>,
field_stride_x: impl ::planus::WriteAsDefault<i32, i32>,
field_stride_y: impl ::planus::WriteAsDefault<i32, i32>,
field_type_: impl ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
field_pad_type: impl ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
field_data_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_ceil_model: impl ::planus::WriteAsDefault<bool, bool>,
field_pads: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_count_type: impl ::planus::WriteAsDefault<self::AvgPoolCountType, self::AvgPoolCountType>,
) -> ::planus::Offset<Self> {let prepared_pad_x = field_pad_x.prepare(builder, &0);let prepared_pad_y = field_pad_y.prepare(builder, &0);let prepared_is_global = field_is_global.prepare(builder, &false);let prepared_kernel_x = field_kernel_x.prepare(builder, &0);let prepared_kernel_y = field_kernel_y.prepare(builder, &0);let prepared_stride_x = field_stride_x.prepare(builder, &0);let prepared_stride_y = field_stride_y.prepare(builder, &0);let prepared_type_ = field_type_.prepare(builder, &self::PoolType::Maxpool);let prepared_pad_type = field_pad_type.prepare(builder, &self::PoolPadType::Caffe);let prepared_data_type = field_data_type.prepare(builder, &self::DataType::DtFloat);let prepared_ceil_model = field_ceil_model.prepare(builder, &true);let prepared_pads = field_pads.prepare(builder);let prepared_count_type = field_count_type.prepare(builder, &self::AvgPoolCountType::Default);
let mut table_writer: ::planus::table_writer::TableWriter::<30> = ::core::default::Default::default();
if prepared_pad_x.is_some() {table_writer.write_entry::<i32>(0);}if prepared_pad_y.is_some() {table_writer.write_entry::<i32>(1);}if prepared_kernel_x.is_some() {table_writer.write_entry::<i32>(3);}if prepared_kernel_y.is_some() {table_writer.write_entry::<i32>(4);}if prepared_stride_x.is_some() {table_writer.write_entry::<i32>(5);}if prepared_stride_y.is_some() {table_writer.write_entry::<i32>(6);}if prepared_data_type.is_some() {table_writer.write_entry::<self::DataType>(9);}if prepared_pads.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(11);}if prepared_is_global.is_some() {table_writer.write_entry::<bool>(2);}if prepared_type_.is_some() {table_writer.write_entry::<self::PoolType>(7);}if prepared_pad_type.is_some() {table_writer.write_entry::<self::PoolPadType>(8);}if prepared_ceil_model.is_some() {table_writer.write_entry::<bool>(10);}if prepared_count_type.is_some() {table_writer.write_entry::<self::AvgPoolCountType>(12);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_pad_x) = prepared_pad_x {object_writer.write::<_, _, 4>(&prepared_pad_x);}if let ::core::option::Option::Some(prepared_pad_y) = prepared_pad_y {object_writer.write::<_, _, 4>(&prepared_pad_y);}if let ::core::option::Option::Some(prepared_kernel_x) = prepared_kernel_x {object_writer.write::<_, _, 4>(&prepared_kernel_x);}if let ::core::option::Option::Some(prepared_kernel_y) = prepared_kernel_y {object_writer.write::<_, _, 4>(&prepared_kernel_y);}if let ::core::option::Option::Some(prepared_stride_x) = prepared_stride_x {object_writer.write::<_, _, 4>(&prepared_stride_x);}if let ::core::option::Option::Some(prepared_stride_y) = prepared_stride_y {object_writer.write::<_, _, 4>(&prepared_stride_y);}if let ::core::option::Option::Some(prepared_data_type) = prepared_data_type {object_writer.write::<_, _, 4>(&prepared_data_type);}if let ::core::option::Option::Some(prepared_pads) = prepared_pads {object_writer.write::<_, _, 4>(&prepared_pads);}if let ::core::option::Option::Some(prepared_is_global) = prepared_is_global {object_writer.write::<_, _, 1>(&prepared_is_global);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 1>(&prepared_type_);}if let ::core::option::Option::Some(prepared_pad_type) = prepared_pad_type {object_writer.write::<_, _, 1>(&prepared_pad_type);}if let ::core::option::Option::Some(prepared_ceil_model) = prepared_ceil_model {object_writer.write::<_, _, 1>(&prepared_ceil_model);}if let ::core::option::Option::Some(prepared_count_type) = prepared_count_type {object_writer.write::<_, _, 1>(&prepared_count_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Pool>> for Pool {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Pool>> for Pool {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Pool>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Pool> for Pool {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool> {
Pool::create(
builder,
self.pad_x,
self.pad_y,
self.is_global,
self.kernel_x,
self.kernel_y,
self.stride_x,
self.stride_y,
self.type_,
self.pad_type,
self.data_type,
self.ceil_model,
&self.pads,
self.count_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct PoolBuilder<State>(State);
impl<
> PoolBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_x<T0>(self, value: T0) -> PoolBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
PoolBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_x_as_default(self) -> PoolBuilder<(
::planus::DefaultValue,
)>
{
self.pad_x(::planus::DefaultValue)
}
}
impl<
T0,
> PoolBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_y<T1>(self, value: T1) -> PoolBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;PoolBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_y_as_default(self) -> PoolBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.pad_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> PoolBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn is_global<T2>(self, value: T2) -> PoolBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;PoolBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn is_global_as_default(self) -> PoolBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.is_global(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> PoolBuilder
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
pub fn kernel_x<T3>(self, value: T3) -> PoolBuilder<(
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
) = self.0;PoolBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_x_as_default(self) -> PoolBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.kernel_x(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> PoolBuilder
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
pub fn kernel_y<T4>(self, value: T4) -> PoolBuilder<(
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
) = self.0;PoolBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernel_y_as_default(self) -> PoolBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.kernel_y(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> PoolBuilder
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
pub fn stride_x<T5>(self, value: T5) -> PoolBuilder<(
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
) = self.0;PoolBuilder((
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
pub fn stride_x_as_default(self) -> PoolBuilder<(
T0,
T1,
T2,
T3,
T4,
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
> PoolBuilder
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
pub fn stride_y<T6>(self, value: T6) -> PoolBuilder<(
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
) = self.0;PoolBuilder((
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
pub fn stride_y_as_default(self) -> PoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
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
> PoolBuilder
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
pub fn type_<T7>(self, value: T7) -> PoolBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<self::PoolType, self::PoolType>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;PoolBuilder((
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
pub fn type_as_default(self) -> PoolBuilder<(
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
> PoolBuilder
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
pub fn pad_type<T8>(self, value: T8) -> PoolBuilder<(
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
where T8: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>
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
) = self.0;PoolBuilder((
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
pub fn pad_type_as_default(self) -> PoolBuilder<(
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
T6,
T7,
T8,
> PoolBuilder
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
pub fn data_type<T9>(self, value: T9) -> PoolBuilder<(
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
) = self.0;PoolBuilder((
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
pub fn data_type_as_default(self) -> PoolBuilder<(
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
self.data_type(::planus::DefaultValue)
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
> PoolBuilder
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
pub fn ceil_model<T10>(self, value: T10) -> PoolBuilder<(
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
) = self.0;PoolBuilder((
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
pub fn ceil_model_as_default(self) -> PoolBuilder<(
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
self.ceil_model(::planus::DefaultValue)
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
> PoolBuilder
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
pub fn pads<T11>(self, value: T11) -> PoolBuilder<(
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
where T11: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
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
) = self.0;PoolBuilder((
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
pub fn pads_as_null(self) -> PoolBuilder<(
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
self.pads(())
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
> PoolBuilder
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
pub fn count_type<T12>(self, value: T12) -> PoolBuilder<(
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
where T12: ::planus::WriteAsDefault<self::AvgPoolCountType, self::AvgPoolCountType>
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
) = self.0;PoolBuilder((
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
pub fn count_type_as_default(self) -> PoolBuilder<(
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
::planus::DefaultValue,
)>
{
self.count_type(::planus::DefaultValue)
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
> PoolBuilder<(
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
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool>
where Self: ::planus::WriteAsOffset<Pool>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T8: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T9: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T10: ::planus::WriteAsDefault<bool, bool>,
T11: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T12: ::planus::WriteAsDefault<self::AvgPoolCountType, self::AvgPoolCountType>,
> ::planus::WriteAs<::planus::Offset<Pool>> for PoolBuilder<(
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
)> {
type Prepared = ::planus::Offset<Pool>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T8: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T9: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T10: ::planus::WriteAsDefault<bool, bool>,
T11: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T12: ::planus::WriteAsDefault<self::AvgPoolCountType, self::AvgPoolCountType>,
> ::planus::WriteAsOptional<::planus::Offset<Pool>> for PoolBuilder<(
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
)> {
type Prepared = ::planus::Offset<Pool>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Pool>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T8: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T9: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T10: ::planus::WriteAsDefault<bool, bool>,
T11: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T12: ::planus::WriteAsDefault<self::AvgPoolCountType, self::AvgPoolCountType>,
> ::planus::WriteAsOffset<Pool> for PoolBuilder<(
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
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool> {
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
) = &self.0;Pool::create(
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
)
}
}
#[derive(Copy, Clone)]
pub struct PoolRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> PoolRef<'a> {
#[inline]
pub fn pad_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Pool", "pad_x")
?.unwrap_or(0))
}
#[inline]
pub fn pad_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "Pool", "pad_y")
?.unwrap_or(0))
}
#[inline]
pub fn is_global(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "Pool", "is_global")
?.unwrap_or(false))
}
#[inline]
pub fn kernel_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "Pool", "kernel_x")
?.unwrap_or(0))
}
#[inline]
pub fn kernel_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "Pool", "kernel_y")
?.unwrap_or(0))
}
#[inline]
pub fn stride_x(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "Pool", "stride_x")
?.unwrap_or(0))
}
#[inline]
pub fn stride_y(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "Pool", "stride_y")
?.unwrap_or(0))
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::PoolType> {
::core::result::Result::Ok(
self.0.access(7, "Pool", "type_")
?.unwrap_or(self::PoolType::Maxpool))
}
#[inline]
pub fn pad_type(&self) -> ::planus::Result<self::PoolPadType> {
::core::result::Result::Ok(
self.0.access(8, "Pool", "pad_type")
?.unwrap_or(self::PoolPadType::Caffe))
}
#[inline]
pub fn data_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(9, "Pool", "data_type")
?.unwrap_or(self::DataType::DtFloat))
}
#[inline]
pub fn ceil_model(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(10, "Pool", "ceil_model")
?.unwrap_or(true))
}
#[inline]
pub fn pads(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(11, "Pool", "pads")
}
#[inline]
pub fn count_type(&self) -> ::planus::Result<self::AvgPoolCountType> {
::core::result::Result::Ok(
self.0.access(12, "Pool", "count_type")
?.unwrap_or(self::AvgPoolCountType::Default))
}
}
impl<'a> ::core::fmt::Debug for PoolRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("PoolRef");
f.field("pad_x", &self.pad_x());f.field("pad_y", &self.pad_y());f.field("is_global", &self.is_global());f.field("kernel_x", &self.kernel_x());f.field("kernel_y", &self.kernel_y());f.field("stride_x", &self.stride_x());f.field("stride_y", &self.stride_y());f.field("type_", &self.type_());f.field("pad_type", &self.pad_type());f.field("data_type", &self.data_type());f.field("ceil_model", &self.ceil_model());if let ::core::option::Option::Some(field_pads) = self.pads().transpose() {
f.field("pads", &field_pads);
}f.field("count_type", &self.count_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<PoolRef<'a>> for Pool {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: PoolRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
pad_x: ::core::convert::TryInto::try_into(value.pad_x()?)?,pad_y: ::core::convert::TryInto::try_into(value.pad_y()?)?,is_global: ::core::convert::TryInto::try_into(value.is_global()?)?,kernel_x: ::core::convert::TryInto::try_into(value.kernel_x()?)?,kernel_y: ::core::convert::TryInto::try_into(value.kernel_y()?)?,stride_x: ::core::convert::TryInto::try_into(value.stride_x()?)?,stride_y: ::core::convert::TryInto::try_into(value.stride_y()?)?,type_: ::core::convert::TryInto::try_into(value.type_()?)?,pad_type: ::core::convert::TryInto::try_into(value.pad_type()?)?,data_type: ::core::convert::TryInto::try_into(value.data_type()?)?,ceil_model: ::core::convert::TryInto::try_into(value.ceil_model()?)?,pads:
if let ::core::option::Option::Some(pads) = value.pads()? {
::core::option::Option::Some(pads.to_vec()?)
} else {
::core::option::Option::None
}
,count_type: ::core::convert::TryInto::try_into(value.count_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for PoolRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for PoolRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[PoolRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Pool>> for Pool {
type Value = ::planus::Offset<Pool>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Pool>],
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
impl<'a> ::planus::ReadAsRoot<'a> for PoolRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[PoolRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Relu{
pub slope: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Relu {
fn default() -> Self {
Self {
slope: 0.0,
}
}
}
impl Relu {
#[inline]
pub fn builder() -> ReluBuilder<()> {
ReluBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_slope: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_slope = field_slope.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_slope.is_some() {table_writer.write_entry::<f32>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_slope) = prepared_slope {object_writer.write::<_, _, 4>(&prepared_slope);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Relu>> for Relu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Relu>> for Relu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Relu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Relu> for Relu {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu> {
Relu::create(
builder,
self.slope,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ReluBuilder<State>(State);
impl<
> ReluBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn slope<T0>(self, value: T0) -> ReluBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
ReluBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn slope_as_default(self) -> ReluBuilder<(
::planus::DefaultValue,
)>
{
self.slope(::planus::DefaultValue)
}
}
impl<
T0,
> ReluBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu>
where Self: ::planus::WriteAsOffset<Relu>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<Relu>> for ReluBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Relu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<Relu>> for ReluBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Relu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Relu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<Relu> for ReluBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu> {
let (
v0,
) = &self.0;Relu::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct ReluRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ReluRef<'a> {
#[inline]
pub fn slope(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "Relu", "slope")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for ReluRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ReluRef");
f.field("slope", &self.slope());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ReluRef<'a>> for Relu {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ReluRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
slope: ::core::convert::TryInto::try_into(value.slope()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ReluRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ReluRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ReluRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Relu>> for Relu {
type Value = ::planus::Offset<Relu>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Relu>],
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
impl<'a> ::planus::ReadAsRoot<'a> for ReluRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ReluRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Relu6{
pub min_value: f32,
pub max_value: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Relu6 {
fn default() -> Self {
Self {
min_value: 0.0,
max_value: 6.0,
}
}
}
impl Relu6 {
#[inline]
pub fn builder() -> Relu6Builder<()> {
Relu6Builder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_min_value: impl ::planus::WriteAsDefault<f32, f32>,
field_max_value: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_min_value = field_min_value.prepare(builder, &0.0);let prepared_max_value = field_max_value.prepare(builder, &6.0);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_min_value.is_some() {table_writer.write_entry::<f32>(0);}if prepared_max_value.is_some() {table_writer.write_entry::<f32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_min_value) = prepared_min_value {object_writer.write::<_, _, 4>(&prepared_min_value);}if let ::core::option::Option::Some(prepared_max_value) = prepared_max_value {object_writer.write::<_, _, 4>(&prepared_max_value);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Relu6>> for Relu6 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu6> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Relu6>> for Relu6 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Relu6>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Relu6> for Relu6 {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu6> {
Relu6::create(
builder,
self.min_value,
self.max_value,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct Relu6Builder<State>(State);
impl<
> Relu6Builder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn min_value<T0>(self, value: T0) -> Relu6Builder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
Relu6Builder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn min_value_as_default(self) -> Relu6Builder<(
::planus::DefaultValue,
)>
{
self.min_value(::planus::DefaultValue)
}
}
impl<
T0,
> Relu6Builder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_value<T1>(self, value: T1) -> Relu6Builder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;Relu6Builder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn max_value_as_default(self) -> Relu6Builder<(
T0,
::planus::DefaultValue,
)>
{
self.max_value(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> Relu6Builder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu6>
where Self: ::planus::WriteAsOffset<Relu6>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<Relu6>> for Relu6Builder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Relu6>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu6> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<Relu6>> for Relu6Builder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Relu6>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Relu6>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<Relu6> for Relu6Builder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Relu6> {
let (
v0,
v1,
) = &self.0;Relu6::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct Relu6Ref<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> Relu6Ref<'a> {
#[inline]
pub fn min_value(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "Relu6", "min_value")
?.unwrap_or(0.0))
}
#[inline]
pub fn max_value(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "Relu6", "max_value")
?.unwrap_or(6.0))
}
}
impl<'a> ::core::fmt::Debug for Relu6Ref<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("Relu6Ref");
f.field("min_value", &self.min_value());f.field("max_value", &self.max_value());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<Relu6Ref<'a>> for Relu6 {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: Relu6Ref<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
min_value: ::core::convert::TryInto::try_into(value.min_value()?)?,max_value: ::core::convert::TryInto::try_into(value.max_value()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for Relu6Ref<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for Relu6Ref<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[Relu6Ref]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Relu6>> for Relu6 {
type Value = ::planus::Offset<Relu6>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Relu6>],
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
impl<'a> ::planus::ReadAsRoot<'a> for Relu6Ref<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[Relu6Ref]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Scale{
pub channels: i32,
pub scale_data: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub bias_data: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub external: ::core::option::Option<::planus::alloc::vec::Vec<i64>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Scale {
fn default() -> Self {
Self {
channels: 0,
scale_data: ::core::default::Default::default(),
bias_data: ::core::default::Default::default(),
external: ::core::default::Default::default(),
}
}
}
impl Scale {
#[inline]
pub fn builder() -> ScaleBuilder<()> {
ScaleBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_channels: impl ::planus::WriteAsDefault<i32, i32>,
field_scale_data: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_bias_data: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_external: impl ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
) -> ::planus::Offset<Self> {let prepared_channels = field_channels.prepare(builder, &0);let prepared_scale_data = field_scale_data.prepare(builder);let prepared_bias_data = field_bias_data.prepare(builder);let prepared_external = field_external.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_channels.is_some() {table_writer.write_entry::<i32>(0);}if prepared_scale_data.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(1);}if prepared_bias_data.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_external.is_some() {table_writer.write_entry::<::planus::Offset<[i64]>>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_channels) = prepared_channels {object_writer.write::<_, _, 4>(&prepared_channels);}if let ::core::option::Option::Some(prepared_scale_data) = prepared_scale_data {object_writer.write::<_, _, 4>(&prepared_scale_data);}if let ::core::option::Option::Some(prepared_bias_data) = prepared_bias_data {object_writer.write::<_, _, 4>(&prepared_bias_data);}if let ::core::option::Option::Some(prepared_external) = prepared_external {object_writer.write::<_, _, 4>(&prepared_external);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Scale>> for Scale {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Scale> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Scale>> for Scale {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Scale>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Scale> for Scale {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Scale> {
Scale::create(
builder,
self.channels,
&self.scale_data,
&self.bias_data,
&self.external,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ScaleBuilder<State>(State);
impl<
> ScaleBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn channels<T0>(self, value: T0) -> ScaleBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
ScaleBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn channels_as_default(self) -> ScaleBuilder<(
::planus::DefaultValue,
)>
{
self.channels(::planus::DefaultValue)
}
}
impl<
T0,
> ScaleBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_data<T1>(self, value: T1) -> ScaleBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
) = self.0;ScaleBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_data_as_null(self) -> ScaleBuilder<(
T0,
(),
)>
{
self.scale_data(())
}
}
impl<
T0,
T1,
> ScaleBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_data<T2>(self, value: T2) -> ScaleBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;ScaleBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_data_as_null(self) -> ScaleBuilder<(
T0,
T1,
(),
)>
{
self.bias_data(())
}
}
impl<
T0,
T1,
T2,
> ScaleBuilder
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
pub fn external<T3>(self, value: T3) -> ScaleBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[i64]>>
{
let (
v0,
v1,
v2,
) = self.0;ScaleBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn external_as_null(self) -> ScaleBuilder<(
T0,
T1,
T2,
(),
)>
{
self.external(())
}
}
impl<
T0,
T1,
T2,
T3,
> ScaleBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Scale>
where Self: ::planus::WriteAsOffset<Scale>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAs<::planus::Offset<Scale>> for ScaleBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Scale>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Scale> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOptional<::planus::Offset<Scale>> for ScaleBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Scale>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Scale>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOffset<Scale> for ScaleBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Scale> {
let (
v0,
v1,
v2,
v3,
) = &self.0;Scale::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct ScaleRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ScaleRef<'a> {
#[inline]
pub fn channels(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Scale", "channels")
?.unwrap_or(0))
}
#[inline]
pub fn scale_data(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(1, "Scale", "scale_data")
}
#[inline]
pub fn bias_data(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "Scale", "bias_data")
}
#[inline]
pub fn external(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i64>>> {
self.0.access(3, "Scale", "external")
}
}
impl<'a> ::core::fmt::Debug for ScaleRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ScaleRef");
f.field("channels", &self.channels());if let ::core::option::Option::Some(field_scale_data) = self.scale_data().transpose() {
f.field("scale_data", &field_scale_data);
}if let ::core::option::Option::Some(field_bias_data) = self.bias_data().transpose() {
f.field("bias_data", &field_bias_data);
}if let ::core::option::Option::Some(field_external) = self.external().transpose() {
f.field("external", &field_external);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ScaleRef<'a>> for Scale {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ScaleRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
channels: ::core::convert::TryInto::try_into(value.channels()?)?,scale_data:
if let ::core::option::Option::Some(scale_data) = value.scale_data()? {
::core::option::Option::Some(scale_data.to_vec()?)
} else {
::core::option::Option::None
}
,bias_data:
if let ::core::option::Option::Some(bias_data) = value.bias_data()? {
::core::option::Option::Some(bias_data.to_vec()?)
} else {
::core::option::Option::None
}
,external:
if let ::core::option::Option::Some(external) = value.external()? {
::core::option::Option::Some(external.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for ScaleRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ScaleRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ScaleRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Scale>> for Scale {
type Value = ::planus::Offset<Scale>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Scale>],
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
impl<'a> ::planus::ReadAsRoot<'a> for ScaleRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ScaleRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Axis{
pub axis: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Axis {
fn default() -> Self {
Self {
axis: 0,
}
}
}
impl Axis {
#[inline]
pub fn builder() -> AxisBuilder<()> {
AxisBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_axis = field_axis.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_axis.is_some() {table_writer.write_entry::<i32>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Axis>> for Axis {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Axis> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Axis>> for Axis {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Axis>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Axis> for Axis {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Axis> {
Axis::create(
builder,
self.axis,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct AxisBuilder<State>(State);
impl<
> AxisBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T0>(self, value: T0) -> AxisBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
AxisBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> AxisBuilder<(
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
> AxisBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Axis>
where Self: ::planus::WriteAsOffset<Axis>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<Axis>> for AxisBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Axis>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Axis> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<Axis>> for AxisBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Axis>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Axis>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<Axis> for AxisBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Axis> {
let (
v0,
) = &self.0;Axis::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct AxisRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> AxisRef<'a> {
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Axis", "axis")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for AxisRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("AxisRef");
f.field("axis", &self.axis());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<AxisRef<'a>> for Axis {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: AxisRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
axis: ::core::convert::TryInto::try_into(value.axis()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for AxisRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for AxisRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[AxisRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Axis>> for Axis {
type Value = ::planus::Offset<Axis>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Axis>],
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
impl<'a> ::planus::ReadAsRoot<'a> for AxisRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[AxisRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Slice{
pub axis: i32,
pub slice_points: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub source_type: self::NetSource,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Slice {
fn default() -> Self {
Self {
axis: 0,
slice_points: ::core::default::Default::default(),
source_type: self::NetSource::Caffe,
}
}
}
impl Slice {
#[inline]
pub fn builder() -> SliceBuilder<()> {
SliceBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
field_slice_points: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_source_type: impl ::planus::WriteAsDefault<self::NetSource, self::NetSource>,
) -> ::planus::Offset<Self> {let prepared_axis = field_axis.prepare(builder, &0);let prepared_slice_points = field_slice_points.prepare(builder);let prepared_source_type = field_source_type.prepare(builder, &self::NetSource::Caffe);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_axis.is_some() {table_writer.write_entry::<i32>(0);}if prepared_slice_points.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_source_type.is_some() {table_writer.write_entry::<self::NetSource>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_slice_points) = prepared_slice_points {object_writer.write::<_, _, 4>(&prepared_slice_points);}if let ::core::option::Option::Some(prepared_source_type) = prepared_source_type {object_writer.write::<_, _, 1>(&prepared_source_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Slice>> for Slice {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Slice> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Slice>> for Slice {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Slice>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Slice> for Slice {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Slice> {
Slice::create(
builder,
self.axis,
&self.slice_points,
self.source_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct SliceBuilder<State>(State);
impl<
> SliceBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T0>(self, value: T0) -> SliceBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
SliceBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> SliceBuilder<(
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
> SliceBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn slice_points<T1>(self, value: T1) -> SliceBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;SliceBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn slice_points_as_null(self) -> SliceBuilder<(
T0,
(),
)>
{
self.slice_points(())
}
}
impl<
T0,
T1,
> SliceBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn source_type<T2>(self, value: T2) -> SliceBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::NetSource, self::NetSource>
{
let (
v0,
v1,
) = self.0;SliceBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn source_type_as_default(self) -> SliceBuilder<(
T0,
T1,
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
> SliceBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Slice>
where Self: ::planus::WriteAsOffset<Slice>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsDefault<self::NetSource, self::NetSource>,
> ::planus::WriteAs<::planus::Offset<Slice>> for SliceBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<Slice>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Slice> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsDefault<self::NetSource, self::NetSource>,
> ::planus::WriteAsOptional<::planus::Offset<Slice>> for SliceBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<Slice>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Slice>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsDefault<self::NetSource, self::NetSource>,
> ::planus::WriteAsOffset<Slice> for SliceBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Slice> {
let (
v0,
v1,
v2,
) = &self.0;Slice::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct SliceRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> SliceRef<'a> {
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Slice", "axis")
?.unwrap_or(0))
}
#[inline]
pub fn slice_points(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "Slice", "slice_points")
}
#[inline]
pub fn source_type(&self) -> ::planus::Result<self::NetSource> {
::core::result::Result::Ok(
self.0.access(2, "Slice", "source_type")
?.unwrap_or(self::NetSource::Caffe))
}
}
impl<'a> ::core::fmt::Debug for SliceRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("SliceRef");
f.field("axis", &self.axis());if let ::core::option::Option::Some(field_slice_points) = self.slice_points().transpose() {
f.field("slice_points", &field_slice_points);
}f.field("source_type", &self.source_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<SliceRef<'a>> for Slice {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: SliceRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
axis: ::core::convert::TryInto::try_into(value.axis()?)?,slice_points:
if let ::core::option::Option::Some(slice_points) = value.slice_points()? {
::core::option::Option::Some(slice_points.to_vec()?)
} else {
::core::option::Option::None
}
,source_type: ::core::convert::TryInto::try_into(value.source_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for SliceRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for SliceRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[SliceRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Slice>> for Slice {
type Value = ::planus::Offset<Slice>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Slice>],
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
impl<'a> ::planus::ReadAsRoot<'a> for SliceRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[SliceRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct StridedSliceParam{
pub index: self::DataType,
pub t: self::DataType,
pub begin_mask: i32,
pub end_mask: i32,
pub ellipsis_mask: i32,
pub new_axis_mask: i32,
pub shrink_axis_mask: i32,
pub from_type: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for StridedSliceParam {
fn default() -> Self {
Self {
index: self::DataType::DtInvalid,
t: self::DataType::DtInvalid,
begin_mask: 0,
end_mask: 0,
ellipsis_mask: 0,
new_axis_mask: 0,
shrink_axis_mask: 0,
from_type: 0,
}
}
}
impl StridedSliceParam {
#[inline]
pub fn builder() -> StridedSliceParamBuilder<()> {
StridedSliceParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_index: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_begin_mask: impl ::planus::WriteAsDefault<i32, i32>,
field_end_mask: impl ::planus::WriteAsDefault<i32, i32>,
field_ellipsis_mask: impl ::planus::WriteAsDefault<i32, i32>,
field_new_axis_mask: impl ::planus::WriteAsDefault<i32, i32>,
field_shrink_axis_mask: impl ::planus::WriteAsDefault<i32, i32>,
field_from_type: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_index = field_index.prepare(builder, &self::DataType::DtInvalid);let prepared_t = field_t.prepare(builder, &self::DataType::DtInvalid);let prepared_begin_mask = field_begin_mask.prepare(builder, &0);let prepared_end_mask = field_end_mask.prepare(builder, &0);let prepared_ellipsis_mask = field_ellipsis_mask.prepare(builder, &0);let prepared_new_axis_mask = field_new_axis_mask.prepare(builder, &0);let prepared_shrink_axis_mask = field_shrink_axis_mask.prepare(builder, &0);let prepared_from_type = field_from_type.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<20> = ::core::default::Default::default();
if prepared_index.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(1);}if prepared_begin_mask.is_some() {table_writer.write_entry::<i32>(2);}if prepared_end_mask.is_some() {table_writer.write_entry::<i32>(3);}if prepared_ellipsis_mask.is_some() {table_writer.write_entry::<i32>(4);}if prepared_new_axis_mask.is_some() {table_writer.write_entry::<i32>(5);}if prepared_shrink_axis_mask.is_some() {table_writer.write_entry::<i32>(6);}if prepared_from_type.is_some() {table_writer.write_entry::<i32>(7);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_index) = prepared_index {object_writer.write::<_, _, 4>(&prepared_index);}if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}if let ::core::option::Option::Some(prepared_begin_mask) = prepared_begin_mask {object_writer.write::<_, _, 4>(&prepared_begin_mask);}if let ::core::option::Option::Some(prepared_end_mask) = prepared_end_mask {object_writer.write::<_, _, 4>(&prepared_end_mask);}if let ::core::option::Option::Some(prepared_ellipsis_mask) = prepared_ellipsis_mask {object_writer.write::<_, _, 4>(&prepared_ellipsis_mask);}if let ::core::option::Option::Some(prepared_new_axis_mask) = prepared_new_axis_mask {object_writer.write::<_, _, 4>(&prepared_new_axis_mask);}if let ::core::option::Option::Some(prepared_shrink_axis_mask) = prepared_shrink_axis_mask {object_writer.write::<_, _, 4>(&prepared_shrink_axis_mask);}if let ::core::option::Option::Some(prepared_from_type) = prepared_from_type {object_writer.write::<_, _, 4>(&prepared_from_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<StridedSliceParam>> for StridedSliceParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StridedSliceParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<StridedSliceParam>> for StridedSliceParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<StridedSliceParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<StridedSliceParam> for StridedSliceParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StridedSliceParam> {
StridedSliceParam::create(
builder,
self.index,
self.t,
self.begin_mask,
self.end_mask,
self.ellipsis_mask,
self.new_axis_mask,
self.shrink_axis_mask,
self.from_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct StridedSliceParamBuilder<State>(State);
impl<
> StridedSliceParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn index<T0>(self, value: T0) -> StridedSliceParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
StridedSliceParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn index_as_default(self) -> StridedSliceParamBuilder<(
::planus::DefaultValue,
)>
{
self.index(::planus::DefaultValue)
}
}
impl<
T0,
> StridedSliceParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T1>(self, value: T1) -> StridedSliceParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;StridedSliceParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> StridedSliceParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> StridedSliceParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn begin_mask<T2>(self, value: T2) -> StridedSliceParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;StridedSliceParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn begin_mask_as_default(self) -> StridedSliceParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.begin_mask(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> StridedSliceParamBuilder
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
pub fn end_mask<T3>(self, value: T3) -> StridedSliceParamBuilder<(
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
) = self.0;StridedSliceParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn end_mask_as_default(self) -> StridedSliceParamBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.end_mask(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> StridedSliceParamBuilder
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
pub fn ellipsis_mask<T4>(self, value: T4) -> StridedSliceParamBuilder<(
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
) = self.0;StridedSliceParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn ellipsis_mask_as_default(self) -> StridedSliceParamBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.ellipsis_mask(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> StridedSliceParamBuilder
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
pub fn new_axis_mask<T5>(self, value: T5) -> StridedSliceParamBuilder<(
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
) = self.0;StridedSliceParamBuilder((
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
pub fn new_axis_mask_as_default(self) -> StridedSliceParamBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.new_axis_mask(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> StridedSliceParamBuilder
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
pub fn shrink_axis_mask<T6>(self, value: T6) -> StridedSliceParamBuilder<(
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
) = self.0;StridedSliceParamBuilder((
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
pub fn shrink_axis_mask_as_default(self) -> StridedSliceParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.shrink_axis_mask(::planus::DefaultValue)
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
> StridedSliceParamBuilder
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
pub fn from_type<T7>(self, value: T7) -> StridedSliceParamBuilder<(
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
) = self.0;StridedSliceParamBuilder((
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
pub fn from_type_as_default(self) -> StridedSliceParamBuilder<(
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
self.from_type(::planus::DefaultValue)
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
> StridedSliceParamBuilder<(
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
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<StridedSliceParam>
where Self: ::planus::WriteAsOffset<StridedSliceParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<StridedSliceParam>> for StridedSliceParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<StridedSliceParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StridedSliceParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<StridedSliceParam>> for StridedSliceParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<StridedSliceParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<StridedSliceParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<StridedSliceParam> for StridedSliceParamBuilder<(
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
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<StridedSliceParam> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = &self.0;StridedSliceParam::create(
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
pub struct StridedSliceParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> StridedSliceParamRef<'a> {
#[inline]
pub fn index(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "StridedSliceParam", "index")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "StridedSliceParam", "t")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn begin_mask(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "StridedSliceParam", "begin_mask")
?.unwrap_or(0))
}
#[inline]
pub fn end_mask(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "StridedSliceParam", "end_mask")
?.unwrap_or(0))
}
#[inline]
pub fn ellipsis_mask(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "StridedSliceParam", "ellipsis_mask")
?.unwrap_or(0))
}
#[inline]
pub fn new_axis_mask(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "StridedSliceParam", "new_axis_mask")
?.unwrap_or(0))
}
#[inline]
pub fn shrink_axis_mask(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "StridedSliceParam", "shrink_axis_mask")
?.unwrap_or(0))
}
#[inline]
pub fn from_type(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(7, "StridedSliceParam", "from_type")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for StridedSliceParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("StridedSliceParamRef");
f.field("index", &self.index());f.field("t", &self.t());f.field("begin_mask", &self.begin_mask());f.field("end_mask", &self.end_mask());f.field("ellipsis_mask", &self.ellipsis_mask());f.field("new_axis_mask", &self.new_axis_mask());f.field("shrink_axis_mask", &self.shrink_axis_mask());f.field("from_type", &self.from_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<StridedSliceParamRef<'a>> for StridedSliceParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: StridedSliceParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
index: ::core::convert::TryInto::try_into(value.index()?)?,t: ::core::convert::TryInto::try_into(value.t()?)?,begin_mask: ::core::convert::TryInto::try_into(value.begin_mask()?)?,end_mask: ::core::convert::TryInto::try_into(value.end_mask()?)?,ellipsis_mask: ::core::convert::TryInto::try_into(value.ellipsis_mask()?)?,new_axis_mask: ::core::convert::TryInto::try_into(value.new_axis_mask()?)?,shrink_axis_mask: ::core::convert::TryInto::try_into(value.shrink_axis_mask()?)?,from_type: ::core::convert::TryInto::try_into(value.from_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for StridedSliceParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for StridedSliceParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[StridedSliceParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<StridedSliceParam>> for StridedSliceParam {
type Value = ::planus::Offset<StridedSliceParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<StridedSliceParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for StridedSliceParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[StridedSliceParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Reshape{
pub dims: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub dim_type: self::MnnDataFormat,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Reshape {
fn default() -> Self {
Self {
dims: ::core::default::Default::default(),
dim_type: self::MnnDataFormat::Nchw,
}
}
}
impl Reshape {
#[inline]
pub fn builder() -> ReshapeBuilder<()> {
ReshapeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_dims: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_dim_type: impl ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
) -> ::planus::Offset<Self> {let prepared_dims = field_dims.prepare(builder);let prepared_dim_type = field_dim_type.prepare(builder, &self::MnnDataFormat::Nchw);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_dims.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_dim_type.is_some() {table_writer.write_entry::<self::MnnDataFormat>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_dims) = prepared_dims {object_writer.write::<_, _, 4>(&prepared_dims);}if let ::core::option::Option::Some(prepared_dim_type) = prepared_dim_type {object_writer.write::<_, _, 1>(&prepared_dim_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Reshape>> for Reshape {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Reshape> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Reshape>> for Reshape {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Reshape>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Reshape> for Reshape {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Reshape> {
Reshape::create(
builder,
&self.dims,
self.dim_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ReshapeBuilder<State>(State);
impl<
> ReshapeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims<T0>(self, value: T0) -> ReshapeBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
ReshapeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims_as_null(self) -> ReshapeBuilder<(
(),
)>
{
self.dims(())
}
}
impl<
T0,
> ReshapeBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dim_type<T1>(self, value: T1) -> ReshapeBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>
{
let (
v0,
) = self.0;ReshapeBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dim_type_as_default(self) -> ReshapeBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.dim_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> ReshapeBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Reshape>
where Self: ::planus::WriteAsOffset<Reshape>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAs<::planus::Offset<Reshape>> for ReshapeBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Reshape>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Reshape> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAsOptional<::planus::Offset<Reshape>> for ReshapeBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Reshape>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Reshape>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAsOffset<Reshape> for ReshapeBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Reshape> {
let (
v0,
v1,
) = &self.0;Reshape::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct ReshapeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ReshapeRef<'a> {
#[inline]
pub fn dims(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "Reshape", "dims")
}
#[inline]
pub fn dim_type(&self) -> ::planus::Result<self::MnnDataFormat> {
::core::result::Result::Ok(
self.0.access(1, "Reshape", "dim_type")
?.unwrap_or(self::MnnDataFormat::Nchw))
}
}
impl<'a> ::core::fmt::Debug for ReshapeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ReshapeRef");
if let ::core::option::Option::Some(field_dims) = self.dims().transpose() {
f.field("dims", &field_dims);
}f.field("dim_type", &self.dim_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ReshapeRef<'a>> for Reshape {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ReshapeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
dims:
if let ::core::option::Option::Some(dims) = value.dims()? {
::core::option::Option::Some(dims.to_vec()?)
} else {
::core::option::Option::None
}
,dim_type: ::core::convert::TryInto::try_into(value.dim_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ReshapeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ReshapeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ReshapeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Reshape>> for Reshape {
type Value = ::planus::Offset<Reshape>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Reshape>],
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
impl<'a> ::planus::ReadAsRoot<'a> for ReshapeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ReshapeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Permute{
pub dims: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Permute {
fn default() -> Self {
Self {
dims: ::core::default::Default::default(),
}
}
}
impl Permute {
#[inline]
pub fn builder() -> PermuteBuilder<()> {
PermuteBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_dims: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
) -> ::planus::Offset<Self> {let prepared_dims = field_dims.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_dims.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_dims) = prepared_dims {object_writer.write::<_, _, 4>(&prepared_dims);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Permute>> for Permute {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Permute> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Permute>> for Permute {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Permute>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Permute> for Permute {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Permute> {
Permute::create(
builder,
&self.dims,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct PermuteBuilder<State>(State);
impl<
> PermuteBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims<T0>(self, value: T0) -> PermuteBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
PermuteBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dims_as_null(self) -> PermuteBuilder<(
(),
)>
{
self.dims(())
}
}
impl<
T0,
> PermuteBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Permute>
where Self: ::planus::WriteAsOffset<Permute>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAs<::planus::Offset<Permute>> for PermuteBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Permute>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Permute> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOptional<::planus::Offset<Permute>> for PermuteBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Permute>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Permute>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOffset<Permute> for PermuteBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Permute> {
let (
v0,
) = &self.0;Permute::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct PermuteRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> PermuteRef<'a> {
#[inline]
pub fn dims(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "Permute", "dims")
}
}
impl<'a> ::core::fmt::Debug for PermuteRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("PermuteRef");
if let ::core::option::Option::Some(field_dims) = self.dims().transpose() {
f.field("dims", &field_dims);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<PermuteRef<'a>> for Permute {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: PermuteRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
dims:
if let ::core::option::Option::Some(dims) = value.dims()? {
::core::option::Option::Some(dims.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for PermuteRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for PermuteRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[PermuteRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Permute>> for Permute {
type Value = ::planus::Offset<Permute>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Permute>],
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
impl<'a> ::planus::ReadAsRoot<'a> for PermuteRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[PermuteRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Flatten{
pub axis: i32,
pub end_axis: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Flatten {
fn default() -> Self {
Self {
axis: 0,
end_axis: 0,
}
}
}
impl Flatten {
#[inline]
pub fn builder() -> FlattenBuilder<()> {
FlattenBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
field_end_axis: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_axis = field_axis.prepare(builder, &0);let prepared_end_axis = field_end_axis.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_axis.is_some() {table_writer.write_entry::<i32>(0);}if prepared_end_axis.is_some() {table_writer.write_entry::<i32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_end_axis) = prepared_end_axis {object_writer.write::<_, _, 4>(&prepared_end_axis);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Flatten>> for Flatten {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Flatten> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Flatten>> for Flatten {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Flatten>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Flatten> for Flatten {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Flatten> {
Flatten::create(
builder,
self.axis,
self.end_axis,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct FlattenBuilder<State>(State);
impl<
> FlattenBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T0>(self, value: T0) -> FlattenBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
FlattenBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> FlattenBuilder<(
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
> FlattenBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn end_axis<T1>(self, value: T1) -> FlattenBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;FlattenBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn end_axis_as_default(self) -> FlattenBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.end_axis(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> FlattenBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Flatten>
where Self: ::planus::WriteAsOffset<Flatten>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<Flatten>> for FlattenBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Flatten>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Flatten> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<Flatten>> for FlattenBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Flatten>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Flatten>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<Flatten> for FlattenBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Flatten> {
let (
v0,
v1,
) = &self.0;Flatten::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct FlattenRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> FlattenRef<'a> {
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Flatten", "axis")
?.unwrap_or(0))
}
#[inline]
pub fn end_axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "Flatten", "end_axis")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for FlattenRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("FlattenRef");
f.field("axis", &self.axis());f.field("end_axis", &self.end_axis());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<FlattenRef<'a>> for Flatten {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: FlattenRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
axis: ::core::convert::TryInto::try_into(value.axis()?)?,end_axis: ::core::convert::TryInto::try_into(value.end_axis()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for FlattenRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for FlattenRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[FlattenRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Flatten>> for Flatten {
type Value = ::planus::Offset<Flatten>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Flatten>],
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
impl<'a> ::planus::ReadAsRoot<'a> for FlattenRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[FlattenRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct SqueezeParam{
pub squeeze_dims: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for SqueezeParam {
fn default() -> Self {
Self {
squeeze_dims: ::core::default::Default::default(),
}
}
}
impl SqueezeParam {
#[inline]
pub fn builder() -> SqueezeParamBuilder<()> {
SqueezeParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_squeeze_dims: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
) -> ::planus::Offset<Self> {let prepared_squeeze_dims = field_squeeze_dims.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_squeeze_dims.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_squeeze_dims) = prepared_squeeze_dims {object_writer.write::<_, _, 4>(&prepared_squeeze_dims);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<SqueezeParam>> for SqueezeParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SqueezeParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<SqueezeParam>> for SqueezeParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SqueezeParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<SqueezeParam> for SqueezeParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SqueezeParam> {
SqueezeParam::create(
builder,
&self.squeeze_dims,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct SqueezeParamBuilder<State>(State);
impl<
> SqueezeParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn squeeze_dims<T0>(self, value: T0) -> SqueezeParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
SqueezeParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn squeeze_dims_as_null(self) -> SqueezeParamBuilder<(
(),
)>
{
self.squeeze_dims(())
}
}
impl<
T0,
> SqueezeParamBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<SqueezeParam>
where Self: ::planus::WriteAsOffset<SqueezeParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAs<::planus::Offset<SqueezeParam>> for SqueezeParamBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<SqueezeParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SqueezeParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOptional<::planus::Offset<SqueezeParam>> for SqueezeParamBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<SqueezeParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SqueezeParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOffset<SqueezeParam> for SqueezeParamBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SqueezeParam> {
let (
v0,
) = &self.0;SqueezeParam::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct SqueezeParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> SqueezeParamRef<'a> {
#[inline]
pub fn squeeze_dims(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "SqueezeParam", "squeeze_dims")
}
}
impl<'a> ::core::fmt::Debug for SqueezeParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("SqueezeParamRef");
if let ::core::option::Option::Some(field_squeeze_dims) = self.squeeze_dims().transpose() {
f.field("squeeze_dims", &field_squeeze_dims);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<SqueezeParamRef<'a>> for SqueezeParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: SqueezeParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
squeeze_dims:
if let ::core::option::Option::Some(squeeze_dims) = value.squeeze_dims()? {
::core::option::Option::Some(squeeze_dims.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for SqueezeParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for SqueezeParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[SqueezeParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<SqueezeParam>> for SqueezeParam {
type Value = ::planus::Offset<SqueezeParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<SqueezeParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for SqueezeParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[SqueezeParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct CastParam{
pub src_t: self::DataType,
pub dst_t: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for CastParam {
fn default() -> Self {
Self {
src_t: self::DataType::DtInvalid,
dst_t: self::DataType::DtInvalid,
}
}
}
impl CastParam {
#[inline]
pub fn builder() -> CastParamBuilder<()> {
CastParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_src_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_dst_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_src_t = field_src_t.prepare(builder, &self::DataType::DtInvalid);let prepared_dst_t = field_dst_t.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_src_t.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_dst_t.is_some() {table_writer.write_entry::<self::DataType>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_src_t) = prepared_src_t {object_writer.write::<_, _, 4>(&prepared_src_t);}if let ::core::option::Option::Some(prepared_dst_t) = prepared_dst_t {object_writer.write::<_, _, 4>(&prepared_dst_t);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<CastParam>> for CastParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CastParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<CastParam>> for CastParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<CastParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<CastParam> for CastParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CastParam> {
CastParam::create(
builder,
self.src_t,
self.dst_t,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct CastParamBuilder<State>(State);
impl<
> CastParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn src_t<T0>(self, value: T0) -> CastParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
CastParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn src_t_as_default(self) -> CastParamBuilder<(
::planus::DefaultValue,
)>
{
self.src_t(::planus::DefaultValue)
}
}
impl<
T0,
> CastParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dst_t<T1>(self, value: T1) -> CastParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;CastParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dst_t_as_default(self) -> CastParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.dst_t(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> CastParamBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<CastParam>
where Self: ::planus::WriteAsOffset<CastParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<CastParam>> for CastParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<CastParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CastParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<CastParam>> for CastParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<CastParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<CastParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<CastParam> for CastParamBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CastParam> {
let (
v0,
v1,
) = &self.0;CastParam::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct CastParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> CastParamRef<'a> {
#[inline]
pub fn src_t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "CastParam", "src_t")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn dst_t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "CastParam", "dst_t")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for CastParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("CastParamRef");
f.field("src_t", &self.src_t());f.field("dst_t", &self.dst_t());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<CastParamRef<'a>> for CastParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: CastParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
src_t: ::core::convert::TryInto::try_into(value.src_t()?)?,dst_t: ::core::convert::TryInto::try_into(value.dst_t()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for CastParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for CastParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[CastParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<CastParam>> for CastParam {
type Value = ::planus::Offset<CastParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<CastParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for CastParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[CastParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct GatherV2{
pub taxis: self::DataType,
pub tindices: self::DataType,
pub tparams: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for GatherV2 {
fn default() -> Self {
Self {
taxis: self::DataType::DtInvalid,
tindices: self::DataType::DtInvalid,
tparams: self::DataType::DtInvalid,
}
}
}
impl GatherV2 {
#[inline]
pub fn builder() -> GatherV2Builder<()> {
GatherV2Builder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_taxis: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_tindices: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_tparams: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_taxis = field_taxis.prepare(builder, &self::DataType::DtInvalid);let prepared_tindices = field_tindices.prepare(builder, &self::DataType::DtInvalid);let prepared_tparams = field_tparams.prepare(builder, &self::DataType::DtInvalid);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_taxis.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_tindices.is_some() {table_writer.write_entry::<self::DataType>(1);}if prepared_tparams.is_some() {table_writer.write_entry::<self::DataType>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_taxis) = prepared_taxis {object_writer.write::<_, _, 4>(&prepared_taxis);}if let ::core::option::Option::Some(prepared_tindices) = prepared_tindices {object_writer.write::<_, _, 4>(&prepared_tindices);}if let ::core::option::Option::Some(prepared_tparams) = prepared_tparams {object_writer.write::<_, _, 4>(&prepared_tparams);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<GatherV2>> for GatherV2 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GatherV2> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<GatherV2>> for GatherV2 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<GatherV2>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<GatherV2> for GatherV2 {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GatherV2> {
GatherV2::create(
builder,
self.taxis,
self.tindices,
self.tparams,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct GatherV2Builder<State>(State);
impl<
> GatherV2Builder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn taxis<T0>(self, value: T0) -> GatherV2Builder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
GatherV2Builder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn taxis_as_default(self) -> GatherV2Builder<(
::planus::DefaultValue,
)>
{
self.taxis(::planus::DefaultValue)
}
}
impl<
T0,
> GatherV2Builder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tindices<T1>(self, value: T1) -> GatherV2Builder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;GatherV2Builder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tindices_as_default(self) -> GatherV2Builder<(
T0,
::planus::DefaultValue,
)>
{
self.tindices(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> GatherV2Builder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tparams<T2>(self, value: T2) -> GatherV2Builder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
v1,
) = self.0;GatherV2Builder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tparams_as_default(self) -> GatherV2Builder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.tparams(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> GatherV2Builder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<GatherV2>
where Self: ::planus::WriteAsOffset<GatherV2>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<GatherV2>> for GatherV2Builder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<GatherV2>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GatherV2> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<GatherV2>> for GatherV2Builder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<GatherV2>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<GatherV2>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<GatherV2> for GatherV2Builder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GatherV2> {
let (
v0,
v1,
v2,
) = &self.0;GatherV2::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct GatherV2Ref<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> GatherV2Ref<'a> {
#[inline]
pub fn taxis(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "GatherV2", "taxis")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn tindices(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "GatherV2", "tindices")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn tparams(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(2, "GatherV2", "tparams")
?.unwrap_or(self::DataType::DtInvalid))
}
}
impl<'a> ::core::fmt::Debug for GatherV2Ref<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("GatherV2Ref");
f.field("taxis", &self.taxis());f.field("tindices", &self.tindices());f.field("tparams", &self.tparams());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<GatherV2Ref<'a>> for GatherV2 {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: GatherV2Ref<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
taxis: ::core::convert::TryInto::try_into(value.taxis()?)?,tindices: ::core::convert::TryInto::try_into(value.tindices()?)?,tparams: ::core::convert::TryInto::try_into(value.tparams()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for GatherV2Ref<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for GatherV2Ref<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[GatherV2Ref]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<GatherV2>> for GatherV2 {
type Value = ::planus::Offset<GatherV2>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<GatherV2>],
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
impl<'a> ::planus::ReadAsRoot<'a> for GatherV2Ref<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[GatherV2Ref]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i32)]pub enum BinaryOpOperation {
Add = 0,
Sub = 1,
Mul = 2,
Div = 3,
MaxTemp = 4,
MinTemp = 5,
Pow = 6,
Realdiv = 7,
Minimum = 8,
Maximum = 9,
Greater = 10,
GreaterEqual = 11,
Less = 12,
Floordiv = 13,
SquaredDifference = 14,
Equal = 15,
LessEqual = 16,
Floormod = 17,
Mod = 19,
Atan2 = 20,
Logicalor = 21,
Notequal = 22,
BitwiseAnd = 23,
BitwiseOr = 24,
BitwiseXor = 25,
Logicalxor = 26,
Leftshift = 27,
Rightshift = 28,
MulSilu = 29,
}
impl BinaryOpOperation {
pub const ENUM_VALUES: [Self; 29] = [Self::Add,Self::Sub,Self::Mul,Self::Div,Self::MaxTemp,Self::MinTemp,Self::Pow,Self::Realdiv,Self::Minimum,Self::Maximum,Self::Greater,Self::GreaterEqual,Self::Less,Self::Floordiv,Self::SquaredDifference,Self::Equal,Self::LessEqual,Self::Floormod,Self::Mod,Self::Atan2,Self::Logicalor,Self::Notequal,Self::BitwiseAnd,Self::BitwiseOr,Self::BitwiseXor,Self::Logicalxor,Self::Leftshift,Self::Rightshift,Self::MulSilu,];
}
impl ::core::convert::TryFrom<i32> for BinaryOpOperation {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i32) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(BinaryOpOperation::Add),
1 => ::core::result::Result::Ok(BinaryOpOperation::Sub),
2 => ::core::result::Result::Ok(BinaryOpOperation::Mul),
3 => ::core::result::Result::Ok(BinaryOpOperation::Div),
4 => ::core::result::Result::Ok(BinaryOpOperation::MaxTemp),
5 => ::core::result::Result::Ok(BinaryOpOperation::MinTemp),
6 => ::core::result::Result::Ok(BinaryOpOperation::Pow),
7 => ::core::result::Result::Ok(BinaryOpOperation::Realdiv),
8 => ::core::result::Result::Ok(BinaryOpOperation::Minimum),
9 => ::core::result::Result::Ok(BinaryOpOperation::Maximum),
10 => ::core::result::Result::Ok(BinaryOpOperation::Greater),
11 => ::core::result::Result::Ok(BinaryOpOperation::GreaterEqual),
12 => ::core::result::Result::Ok(BinaryOpOperation::Less),
13 => ::core::result::Result::Ok(BinaryOpOperation::Floordiv),
14 => ::core::result::Result::Ok(BinaryOpOperation::SquaredDifference),
15 => ::core::result::Result::Ok(BinaryOpOperation::Equal),
16 => ::core::result::Result::Ok(BinaryOpOperation::LessEqual),
17 => ::core::result::Result::Ok(BinaryOpOperation::Floormod),
19 => ::core::result::Result::Ok(BinaryOpOperation::Mod),
20 => ::core::result::Result::Ok(BinaryOpOperation::Atan2),
21 => ::core::result::Result::Ok(BinaryOpOperation::Logicalor),
22 => ::core::result::Result::Ok(BinaryOpOperation::Notequal),
23 => ::core::result::Result::Ok(BinaryOpOperation::BitwiseAnd),
24 => ::core::result::Result::Ok(BinaryOpOperation::BitwiseOr),
25 => ::core::result::Result::Ok(BinaryOpOperation::BitwiseXor),
26 => ::core::result::Result::Ok(BinaryOpOperation::Logicalxor),
27 => ::core::result::Result::Ok(BinaryOpOperation::Leftshift),
28 => ::core::result::Result::Ok(BinaryOpOperation::Rightshift),
29 => ::core::result::Result::Ok(BinaryOpOperation::MulSilu),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<BinaryOpOperation> for i32 {
#[inline]
fn from(value: BinaryOpOperation) -> Self {
value as i32
}
}
unsafe impl ::planus::Primitive for BinaryOpOperation {
const ALIGNMENT: usize = 4;
const SIZE: usize = 4;
}
impl ::planus::WriteAsPrimitive<BinaryOpOperation> for BinaryOpOperation {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i32).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<BinaryOpOperation> for BinaryOpOperation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> BinaryOpOperation {
*self
}
}
impl ::planus::WriteAsDefault<BinaryOpOperation, BinaryOpOperation> for BinaryOpOperation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &BinaryOpOperation) -> ::core::option::Option<BinaryOpOperation> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<BinaryOpOperation> for BinaryOpOperation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<BinaryOpOperation> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for BinaryOpOperation {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i32 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for BinaryOpOperation {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 4;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { <i32 as ::planus::VectorRead>::from_buffer(buffer, offset) };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"BinaryOpOperation",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<BinaryOpOperation> for BinaryOpOperation {
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
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct BinaryOp{
pub op_type: self::BinaryOpOperation,
pub t: self::DataType,
pub activation_type: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for BinaryOp {
fn default() -> Self {
Self {
op_type: self::BinaryOpOperation::Add,
t: self::DataType::DtFloat,
activation_type: 0,
}
}
}
impl BinaryOp {
#[inline]
pub fn builder() -> BinaryOpBuilder<()> {
BinaryOpBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_op_type: impl ::planus::WriteAsDefault<self::BinaryOpOperation, self::BinaryOpOperation>,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_activation_type: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_op_type = field_op_type.prepare(builder, &self::BinaryOpOperation::Add);let prepared_t = field_t.prepare(builder, &self::DataType::DtFloat);let prepared_activation_type = field_activation_type.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_op_type.is_some() {table_writer.write_entry::<self::BinaryOpOperation>(0);}if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(1);}if prepared_activation_type.is_some() {table_writer.write_entry::<i32>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_op_type) = prepared_op_type {object_writer.write::<_, _, 4>(&prepared_op_type);}if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}if let ::core::option::Option::Some(prepared_activation_type) = prepared_activation_type {object_writer.write::<_, _, 4>(&prepared_activation_type);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<BinaryOp>> for BinaryOp {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BinaryOp> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<BinaryOp>> for BinaryOp {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<BinaryOp>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<BinaryOp> for BinaryOp {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BinaryOp> {
BinaryOp::create(
builder,
self.op_type,
self.t,
self.activation_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct BinaryOpBuilder<State>(State);
impl<
> BinaryOpBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn op_type<T0>(self, value: T0) -> BinaryOpBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::BinaryOpOperation, self::BinaryOpOperation>
{
BinaryOpBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn op_type_as_default(self) -> BinaryOpBuilder<(
::planus::DefaultValue,
)>
{
self.op_type(::planus::DefaultValue)
}
}
impl<
T0,
> BinaryOpBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T1>(self, value: T1) -> BinaryOpBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;BinaryOpBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> BinaryOpBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> BinaryOpBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn activation_type<T2>(self, value: T2) -> BinaryOpBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;BinaryOpBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn activation_type_as_default(self) -> BinaryOpBuilder<(
T0,
T1,
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
> BinaryOpBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<BinaryOp>
where Self: ::planus::WriteAsOffset<BinaryOp>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::BinaryOpOperation, self::BinaryOpOperation>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<BinaryOp>> for BinaryOpBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<BinaryOp>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BinaryOp> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::BinaryOpOperation, self::BinaryOpOperation>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<BinaryOp>> for BinaryOpBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<BinaryOp>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<BinaryOp>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::BinaryOpOperation, self::BinaryOpOperation>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<BinaryOp> for BinaryOpBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BinaryOp> {
let (
v0,
v1,
v2,
) = &self.0;BinaryOp::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct BinaryOpRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> BinaryOpRef<'a> {
#[inline]
pub fn op_type(&self) -> ::planus::Result<self::BinaryOpOperation> {
::core::result::Result::Ok(
self.0.access(0, "BinaryOp", "op_type")
?.unwrap_or(self::BinaryOpOperation::Add))
}
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "BinaryOp", "t")
?.unwrap_or(self::DataType::DtFloat))
}
#[inline]
pub fn activation_type(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "BinaryOp", "activation_type")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for BinaryOpRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("BinaryOpRef");
f.field("op_type", &self.op_type());f.field("t", &self.t());f.field("activation_type", &self.activation_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<BinaryOpRef<'a>> for BinaryOp {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: BinaryOpRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
op_type: ::core::convert::TryInto::try_into(value.op_type()?)?,t: ::core::convert::TryInto::try_into(value.t()?)?,activation_type: ::core::convert::TryInto::try_into(value.activation_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for BinaryOpRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for BinaryOpRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[BinaryOpRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<BinaryOp>> for BinaryOp {
type Value = ::planus::Offset<BinaryOp>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<BinaryOp>],
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
impl<'a> ::planus::ReadAsRoot<'a> for BinaryOpRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[BinaryOpRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i32)]pub enum UnaryOpOperation {
Abs = 0,
Neg = 1,
Floor = 2,
Ceil = 3,
Square = 4,
Sqrt = 5,
Rsqrt = 6,
Exp = 7,
Log = 8,
Sin = 9,
Cos = 10,
Tan = 11,
Asin = 12,
Acos = 13,
Atan = 14,
Reciprocal = 15,
Log1p = 16,
Bnll = 17,
Acosh = 18,
Sinh = 19,
Asinh = 20,
Atanh = 21,
Sign = 22,
Round = 23,
Cosh = 24,
Erf = 25,
Erfc = 26,
Erfinv = 27,
Expm1 = 28,
Sigmoid = 29,
Tanh = 30,
Hardswish = 31,
Gelu = 32,
GeluStandard = 33,
Silu = 34,
}
impl UnaryOpOperation {
pub const ENUM_VALUES: [Self; 35] = [Self::Abs,Self::Neg,Self::Floor,Self::Ceil,Self::Square,Self::Sqrt,Self::Rsqrt,Self::Exp,Self::Log,Self::Sin,Self::Cos,Self::Tan,Self::Asin,Self::Acos,Self::Atan,Self::Reciprocal,Self::Log1p,Self::Bnll,Self::Acosh,Self::Sinh,Self::Asinh,Self::Atanh,Self::Sign,Self::Round,Self::Cosh,Self::Erf,Self::Erfc,Self::Erfinv,Self::Expm1,Self::Sigmoid,Self::Tanh,Self::Hardswish,Self::Gelu,Self::GeluStandard,Self::Silu,];
}
impl ::core::convert::TryFrom<i32> for UnaryOpOperation {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i32) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(UnaryOpOperation::Abs),
1 => ::core::result::Result::Ok(UnaryOpOperation::Neg),
2 => ::core::result::Result::Ok(UnaryOpOperation::Floor),
3 => ::core::result::Result::Ok(UnaryOpOperation::Ceil),
4 => ::core::result::Result::Ok(UnaryOpOperation::Square),
5 => ::core::result::Result::Ok(UnaryOpOperation::Sqrt),
6 => ::core::result::Result::Ok(UnaryOpOperation::Rsqrt),
7 => ::core::result::Result::Ok(UnaryOpOperation::Exp),
8 => ::core::result::Result::Ok(UnaryOpOperation::Log),
9 => ::core::result::Result::Ok(UnaryOpOperation::Sin),
10 => ::core::result::Result::Ok(UnaryOpOperation::Cos),
11 => ::core::result::Result::Ok(UnaryOpOperation::Tan),
12 => ::core::result::Result::Ok(UnaryOpOperation::Asin),
13 => ::core::result::Result::Ok(UnaryOpOperation::Acos),
14 => ::core::result::Result::Ok(UnaryOpOperation::Atan),
15 => ::core::result::Result::Ok(UnaryOpOperation::Reciprocal),
16 => ::core::result::Result::Ok(UnaryOpOperation::Log1p),
17 => ::core::result::Result::Ok(UnaryOpOperation::Bnll),
18 => ::core::result::Result::Ok(UnaryOpOperation::Acosh),
19 => ::core::result::Result::Ok(UnaryOpOperation::Sinh),
20 => ::core::result::Result::Ok(UnaryOpOperation::Asinh),
21 => ::core::result::Result::Ok(UnaryOpOperation::Atanh),
22 => ::core::result::Result::Ok(UnaryOpOperation::Sign),
23 => ::core::result::Result::Ok(UnaryOpOperation::Round),
24 => ::core::result::Result::Ok(UnaryOpOperation::Cosh),
25 => ::core::result::Result::Ok(UnaryOpOperation::Erf),
26 => ::core::result::Result::Ok(UnaryOpOperation::Erfc),
27 => ::core::result::Result::Ok(UnaryOpOperation::Erfinv),
28 => ::core::result::Result::Ok(UnaryOpOperation::Expm1),
29 => ::core::result::Result::Ok(UnaryOpOperation::Sigmoid),
30 => ::core::result::Result::Ok(UnaryOpOperation::Tanh),
31 => ::core::result::Result::Ok(UnaryOpOperation::Hardswish),
32 => ::core::result::Result::Ok(UnaryOpOperation::Gelu),
33 => ::core::result::Result::Ok(UnaryOpOperation::GeluStandard),
34 => ::core::result::Result::Ok(UnaryOpOperation::Silu),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<UnaryOpOperation> for i32 {
#[inline]
fn from(value: UnaryOpOperation) -> Self {
value as i32
}
}
unsafe impl ::planus::Primitive for UnaryOpOperation {
const ALIGNMENT: usize = 4;
const SIZE: usize = 4;
}
impl ::planus::WriteAsPrimitive<UnaryOpOperation> for UnaryOpOperation {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i32).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<UnaryOpOperation> for UnaryOpOperation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> UnaryOpOperation {
*self
}
}
impl ::planus::WriteAsDefault<UnaryOpOperation, UnaryOpOperation> for UnaryOpOperation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &UnaryOpOperation) -> ::core::option::Option<UnaryOpOperation> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<UnaryOpOperation> for UnaryOpOperation {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<UnaryOpOperation> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for UnaryOpOperation {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i32 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for UnaryOpOperation {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 4;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { <i32 as ::planus::VectorRead>::from_buffer(buffer, offset) };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"UnaryOpOperation",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<UnaryOpOperation> for UnaryOpOperation {
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
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct UnaryOp{
pub op_type: self::UnaryOpOperation,
pub t: self::DataType,
pub table_int8: ::core::option::Option<::planus::alloc::vec::Vec<i8>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for UnaryOp {
fn default() -> Self {
Self {
op_type: self::UnaryOpOperation::Abs,
t: self::DataType::DtInvalid,
table_int8: ::core::default::Default::default(),
}
}
}
impl UnaryOp {
#[inline]
pub fn builder() -> UnaryOpBuilder<()> {
UnaryOpBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_op_type: impl ::planus::WriteAsDefault<self::UnaryOpOperation, self::UnaryOpOperation>,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_table_int8: impl ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
) -> ::planus::Offset<Self> {let prepared_op_type = field_op_type.prepare(builder, &self::UnaryOpOperation::Abs);let prepared_t = field_t.prepare(builder, &self::DataType::DtInvalid);let prepared_table_int8 = field_table_int8.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_op_type.is_some() {table_writer.write_entry::<self::UnaryOpOperation>(0);}if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(1);}if prepared_table_int8.is_some() {table_writer.write_entry::<::planus::Offset<[i8]>>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_op_type) = prepared_op_type {object_writer.write::<_, _, 4>(&prepared_op_type);}if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}if let ::core::option::Option::Some(prepared_table_int8) = prepared_table_int8 {object_writer.write::<_, _, 4>(&prepared_table_int8);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<UnaryOp>> for UnaryOp {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<UnaryOp> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<UnaryOp>> for UnaryOp {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<UnaryOp>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<UnaryOp> for UnaryOp {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<UnaryOp> {
UnaryOp::create(
builder,
self.op_type,
self.t,
&self.table_int8,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct UnaryOpBuilder<State>(State);
impl<
> UnaryOpBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn op_type<T0>(self, value: T0) -> UnaryOpBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::UnaryOpOperation, self::UnaryOpOperation>
{
UnaryOpBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn op_type_as_default(self) -> UnaryOpBuilder<(
::planus::DefaultValue,
)>
{
self.op_type(::planus::DefaultValue)
}
}
impl<
T0,
> UnaryOpBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T1>(self, value: T1) -> UnaryOpBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
let (
v0,
) = self.0;UnaryOpBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> UnaryOpBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> UnaryOpBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn table_int8<T2>(self, value: T2) -> UnaryOpBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i8]>>
{
let (
v0,
v1,
) = self.0;UnaryOpBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn table_int8_as_null(self) -> UnaryOpBuilder<(
T0,
T1,
(),
)>
{
self.table_int8(())
}
}
impl<
T0,
T1,
T2,
> UnaryOpBuilder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<UnaryOp>
where Self: ::planus::WriteAsOffset<UnaryOp>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::UnaryOpOperation, self::UnaryOpOperation>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
> ::planus::WriteAs<::planus::Offset<UnaryOp>> for UnaryOpBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<UnaryOp>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<UnaryOp> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::UnaryOpOperation, self::UnaryOpOperation>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
> ::planus::WriteAsOptional<::planus::Offset<UnaryOp>> for UnaryOpBuilder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<UnaryOp>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<UnaryOp>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::UnaryOpOperation, self::UnaryOpOperation>,
T1: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i8]>>,
> ::planus::WriteAsOffset<UnaryOp> for UnaryOpBuilder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<UnaryOp> {
let (
v0,
v1,
v2,
) = &self.0;UnaryOp::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct UnaryOpRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> UnaryOpRef<'a> {
#[inline]
pub fn op_type(&self) -> ::planus::Result<self::UnaryOpOperation> {
::core::result::Result::Ok(
self.0.access(0, "UnaryOp", "op_type")
?.unwrap_or(self::UnaryOpOperation::Abs))
}
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(1, "UnaryOp", "t")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn table_int8(&self) -> ::planus::Result<::core::option::Option<&'a [i8]>> {
self.0.access(2, "UnaryOp", "table_int8")
}
}
impl<'a> ::core::fmt::Debug for UnaryOpRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("UnaryOpRef");
f.field("op_type", &self.op_type());f.field("t", &self.t());if let ::core::option::Option::Some(field_table_int8) = self.table_int8().transpose() {
f.field("table_int8", &field_table_int8);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<UnaryOpRef<'a>> for UnaryOp {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: UnaryOpRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
op_type: ::core::convert::TryInto::try_into(value.op_type()?)?,t: ::core::convert::TryInto::try_into(value.t()?)?,table_int8: value.table_int8()?.map(|v| v.to_vec()),
})
}
}
impl<'a> ::planus::TableRead<'a> for UnaryOpRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for UnaryOpRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[UnaryOpRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<UnaryOp>> for UnaryOp {
type Value = ::planus::Offset<UnaryOp>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<UnaryOp>],
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
impl<'a> ::planus::ReadAsRoot<'a> for UnaryOpRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[UnaryOpRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum ReductionType {
Sum = 0,
Asum = 1,
Sumsq = 2,
Mean = 3,
Maximum = 4,
Minimum = 5,
Prod = 6,
Any = 7,
All = 8,
}
impl ReductionType {
pub const ENUM_VALUES: [Self; 9] = [Self::Sum,Self::Asum,Self::Sumsq,Self::Mean,Self::Maximum,Self::Minimum,Self::Prod,Self::Any,Self::All,];
}
impl ::core::convert::TryFrom<i8> for ReductionType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(ReductionType::Sum),
1 => ::core::result::Result::Ok(ReductionType::Asum),
2 => ::core::result::Result::Ok(ReductionType::Sumsq),
3 => ::core::result::Result::Ok(ReductionType::Mean),
4 => ::core::result::Result::Ok(ReductionType::Maximum),
5 => ::core::result::Result::Ok(ReductionType::Minimum),
6 => ::core::result::Result::Ok(ReductionType::Prod),
7 => ::core::result::Result::Ok(ReductionType::Any),
8 => ::core::result::Result::Ok(ReductionType::All),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<ReductionType> for i8 {
#[inline]
fn from(value: ReductionType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for ReductionType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<ReductionType> for ReductionType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<ReductionType> for ReductionType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ReductionType {
*self
}
}
impl ::planus::WriteAsDefault<ReductionType, ReductionType> for ReductionType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &ReductionType) -> ::core::option::Option<ReductionType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<ReductionType> for ReductionType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<ReductionType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for ReductionType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for ReductionType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"ReductionType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<ReductionType> for ReductionType {
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
pub struct ReductionParam{
pub operation: self::ReductionType,
pub dim: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub coeff: f32,
pub keep_dims: bool,
pub d_type: self::DataType,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ReductionParam {
fn default() -> Self {
Self {
operation: self::ReductionType::Sum,
dim: ::core::default::Default::default(),
coeff: 0.0,
keep_dims: false,
d_type: self::DataType::DtFloat,
}
}
}
impl ReductionParam {
#[inline]
pub fn builder() -> ReductionParamBuilder<()> {
ReductionParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_operation: impl ::planus::WriteAsDefault<self::ReductionType, self::ReductionType>,
field_dim: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_coeff: impl ::planus::WriteAsDefault<f32, f32>,
field_keep_dims: impl ::planus::WriteAsDefault<bool, bool>,
field_d_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
) -> ::planus::Offset<Self> {let prepared_operation = field_operation.prepare(builder, &self::ReductionType::Sum);let prepared_dim = field_dim.prepare(builder);let prepared_coeff = field_coeff.prepare(builder, &0.0);let prepared_keep_dims = field_keep_dims.prepare(builder, &false);let prepared_d_type = field_d_type.prepare(builder, &self::DataType::DtFloat);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_dim.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_coeff.is_some() {table_writer.write_entry::<f32>(2);}if prepared_d_type.is_some() {table_writer.write_entry::<self::DataType>(4);}if prepared_operation.is_some() {table_writer.write_entry::<self::ReductionType>(0);}if prepared_keep_dims.is_some() {table_writer.write_entry::<bool>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_dim) = prepared_dim {object_writer.write::<_, _, 4>(&prepared_dim);}if let ::core::option::Option::Some(prepared_coeff) = prepared_coeff {object_writer.write::<_, _, 4>(&prepared_coeff);}if let ::core::option::Option::Some(prepared_d_type) = prepared_d_type {object_writer.write::<_, _, 4>(&prepared_d_type);}if let ::core::option::Option::Some(prepared_operation) = prepared_operation {object_writer.write::<_, _, 1>(&prepared_operation);}if let ::core::option::Option::Some(prepared_keep_dims) = prepared_keep_dims {object_writer.write::<_, _, 1>(&prepared_keep_dims);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ReductionParam>> for ReductionParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReductionParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ReductionParam>> for ReductionParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ReductionParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ReductionParam> for ReductionParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReductionParam> {
ReductionParam::create(
builder,
self.operation,
&self.dim,
self.coeff,
self.keep_dims,
self.d_type,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ReductionParamBuilder<State>(State);
impl<
> ReductionParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn operation<T0>(self, value: T0) -> ReductionParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::ReductionType, self::ReductionType>
{
ReductionParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn operation_as_default(self) -> ReductionParamBuilder<(
::planus::DefaultValue,
)>
{
self.operation(::planus::DefaultValue)
}
}
impl<
T0,
> ReductionParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dim<T1>(self, value: T1) -> ReductionParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;ReductionParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dim_as_null(self) -> ReductionParamBuilder<(
T0,
(),
)>
{
self.dim(())
}
}
impl<
T0,
T1,
> ReductionParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn coeff<T2>(self, value: T2) -> ReductionParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
) = self.0;ReductionParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn coeff_as_default(self) -> ReductionParamBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.coeff(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> ReductionParamBuilder
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
pub fn keep_dims<T3>(self, value: T3) -> ReductionParamBuilder<(
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
) = self.0;ReductionParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn keep_dims_as_default(self) -> ReductionParamBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.keep_dims(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> ReductionParamBuilder
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
pub fn d_type<T4>(self, value: T4) -> ReductionParamBuilder<(
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
) = self.0;ReductionParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn d_type_as_default(self) -> ReductionParamBuilder<(
T0,
T1,
T2,
T3,
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
T3,
T4,
> ReductionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReductionParam>
where Self: ::planus::WriteAsOffset<ReductionParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::ReductionType, self::ReductionType>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAs<::planus::Offset<ReductionParam>> for ReductionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<ReductionParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReductionParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::ReductionType, self::ReductionType>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOptional<::planus::Offset<ReductionParam>> for ReductionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<ReductionParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ReductionParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::ReductionType, self::ReductionType>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsDefault<bool, bool>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
> ::planus::WriteAsOffset<ReductionParam> for ReductionParamBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReductionParam> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;ReductionParam::create(
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
pub struct ReductionParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ReductionParamRef<'a> {
#[inline]
pub fn operation(&self) -> ::planus::Result<self::ReductionType> {
::core::result::Result::Ok(
self.0.access(0, "ReductionParam", "operation")
?.unwrap_or(self::ReductionType::Sum))
}
#[inline]
pub fn dim(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "ReductionParam", "dim")
}
#[inline]
pub fn coeff(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(2, "ReductionParam", "coeff")
?.unwrap_or(0.0))
}
#[inline]
pub fn keep_dims(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(3, "ReductionParam", "keep_dims")
?.unwrap_or(false))
}
#[inline]
pub fn d_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(4, "ReductionParam", "d_type")
?.unwrap_or(self::DataType::DtFloat))
}
}
impl<'a> ::core::fmt::Debug for ReductionParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ReductionParamRef");
f.field("operation", &self.operation());if let ::core::option::Option::Some(field_dim) = self.dim().transpose() {
f.field("dim", &field_dim);
}f.field("coeff", &self.coeff());f.field("keep_dims", &self.keep_dims());f.field("d_type", &self.d_type());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ReductionParamRef<'a>> for ReductionParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ReductionParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
operation: ::core::convert::TryInto::try_into(value.operation()?)?,dim:
if let ::core::option::Option::Some(dim) = value.dim()? {
::core::option::Option::Some(dim.to_vec()?)
} else {
::core::option::Option::None
}
,coeff: ::core::convert::TryInto::try_into(value.coeff()?)?,keep_dims: ::core::convert::TryInto::try_into(value.keep_dims()?)?,d_type: ::core::convert::TryInto::try_into(value.d_type()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ReductionParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ReductionParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ReductionParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ReductionParam>> for ReductionParam {
type Value = ::planus::Offset<ReductionParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ReductionParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for ReductionParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ReductionParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct MatMul{
pub t: self::DataType,
pub transpose_a: bool,
pub transpose_b: bool,
pub weight: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub bias: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for MatMul {
fn default() -> Self {
Self {
t: self::DataType::DtInvalid,
transpose_a: false,
transpose_b: false,
weight: ::core::default::Default::default(),
bias: ::core::default::Default::default(),
}
}
}
impl MatMul {
#[inline]
pub fn builder() -> MatMulBuilder<()> {
MatMulBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_transpose_a: impl ::planus::WriteAsDefault<bool, bool>,
field_transpose_b: impl ::planus::WriteAsDefault<bool, bool>,
field_weight: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_bias: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
) -> ::planus::Offset<Self> {let prepared_t = field_t.prepare(builder, &self::DataType::DtInvalid);let prepared_transpose_a = field_transpose_a.prepare(builder, &false);let prepared_transpose_b = field_transpose_b.prepare(builder, &false);let prepared_weight = field_weight.prepare(builder);let prepared_bias = field_bias.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_weight.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(3);}if prepared_bias.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(4);}if prepared_transpose_a.is_some() {table_writer.write_entry::<bool>(1);}if prepared_transpose_b.is_some() {table_writer.write_entry::<bool>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}if let ::core::option::Option::Some(prepared_weight) = prepared_weight {object_writer.write::<_, _, 4>(&prepared_weight);}if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}if let ::core::option::Option::Some(prepared_transpose_a) = prepared_transpose_a {object_writer.write::<_, _, 1>(&prepared_transpose_a);}if let ::core::option::Option::Some(prepared_transpose_b) = prepared_transpose_b {object_writer.write::<_, _, 1>(&prepared_transpose_b);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<MatMul>> for MatMul {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<MatMul> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<MatMul>> for MatMul {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<MatMul>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<MatMul> for MatMul {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<MatMul> {
MatMul::create(
builder,
self.t,
self.transpose_a,
self.transpose_b,
&self.weight,
&self.bias,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct MatMulBuilder<State>(State);
impl<
> MatMulBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T0>(self, value: T0) -> MatMulBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
MatMulBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> MatMulBuilder<(
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
> MatMulBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn transpose_a<T1>(self, value: T1) -> MatMulBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;MatMulBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn transpose_a_as_default(self) -> MatMulBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.transpose_a(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> MatMulBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn transpose_b<T2>(self, value: T2) -> MatMulBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;MatMulBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn transpose_b_as_default(self) -> MatMulBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.transpose_b(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> MatMulBuilder
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
pub fn weight<T3>(self, value: T3) -> MatMulBuilder<(
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
) = self.0;MatMulBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_as_null(self) -> MatMulBuilder<(
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
> MatMulBuilder
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
pub fn bias<T4>(self, value: T4) -> MatMulBuilder<(
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
) = self.0;MatMulBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_as_null(self) -> MatMulBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> MatMulBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<MatMul>
where Self: ::planus::WriteAsOffset<MatMul>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAs<::planus::Offset<MatMul>> for MatMulBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<MatMul>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<MatMul> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOptional<::planus::Offset<MatMul>> for MatMulBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<MatMul>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<MatMul>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOffset<MatMul> for MatMulBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<MatMul> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;MatMul::create(
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
pub struct MatMulRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> MatMulRef<'a> {
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "MatMul", "t")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn transpose_a(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "MatMul", "transpose_a")
?.unwrap_or(false))
}
#[inline]
pub fn transpose_b(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "MatMul", "transpose_b")
?.unwrap_or(false))
}
#[inline]
pub fn weight(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(3, "MatMul", "weight")
}
#[inline]
pub fn bias(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(4, "MatMul", "bias")
}
}
impl<'a> ::core::fmt::Debug for MatMulRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("MatMulRef");
f.field("t", &self.t());f.field("transpose_a", &self.transpose_a());f.field("transpose_b", &self.transpose_b());if let ::core::option::Option::Some(field_weight) = self.weight().transpose() {
f.field("weight", &field_weight);
}if let ::core::option::Option::Some(field_bias) = self.bias().transpose() {
f.field("bias", &field_bias);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<MatMulRef<'a>> for MatMul {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: MatMulRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
t: ::core::convert::TryInto::try_into(value.t()?)?,transpose_a: ::core::convert::TryInto::try_into(value.transpose_a()?)?,transpose_b: ::core::convert::TryInto::try_into(value.transpose_b()?)?,weight:
if let ::core::option::Option::Some(weight) = value.weight()? {
::core::option::Option::Some(weight.to_vec()?)
} else {
::core::option::Option::None
}
,bias:
if let ::core::option::Option::Some(bias) = value.bias()? {
::core::option::Option::Some(bias.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for MatMulRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for MatMulRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[MatMulRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<MatMul>> for MatMul {
type Value = ::planus::Offset<MatMul>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<MatMul>],
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
impl<'a> ::planus::ReadAsRoot<'a> for MatMulRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[MatMulRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct LayerNorm{
pub axis: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub epsilon: f32,
pub gamma: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub beta: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub group: i32,
pub external: ::core::option::Option<::planus::alloc::vec::Vec<i64>>,
pub use_rms_norm: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for LayerNorm {
fn default() -> Self {
Self {
axis: ::core::default::Default::default(),
epsilon: 0.0,
gamma: ::core::default::Default::default(),
beta: ::core::default::Default::default(),
group: 1,
external: ::core::default::Default::default(),
use_rms_norm: false,
}
}
}
impl LayerNorm {
#[inline]
pub fn builder() -> LayerNormBuilder<()> {
LayerNormBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_axis: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_epsilon: impl ::planus::WriteAsDefault<f32, f32>,
field_gamma: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_beta: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_group: impl ::planus::WriteAsDefault<i32, i32>,
field_external: impl ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
field_use_rms_norm: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_axis = field_axis.prepare(builder);let prepared_epsilon = field_epsilon.prepare(builder, &0.0);let prepared_gamma = field_gamma.prepare(builder);let prepared_beta = field_beta.prepare(builder);let prepared_group = field_group.prepare(builder, &1);let prepared_external = field_external.prepare(builder);let prepared_use_rms_norm = field_use_rms_norm.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<18> = ::core::default::Default::default();
if prepared_axis.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_epsilon.is_some() {table_writer.write_entry::<f32>(1);}if prepared_gamma.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_beta.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(3);}if prepared_group.is_some() {table_writer.write_entry::<i32>(4);}if prepared_external.is_some() {table_writer.write_entry::<::planus::Offset<[i64]>>(5);}if prepared_use_rms_norm.is_some() {table_writer.write_entry::<bool>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_epsilon) = prepared_epsilon {object_writer.write::<_, _, 4>(&prepared_epsilon);}if let ::core::option::Option::Some(prepared_gamma) = prepared_gamma {object_writer.write::<_, _, 4>(&prepared_gamma);}if let ::core::option::Option::Some(prepared_beta) = prepared_beta {object_writer.write::<_, _, 4>(&prepared_beta);}if let ::core::option::Option::Some(prepared_group) = prepared_group {object_writer.write::<_, _, 4>(&prepared_group);}if let ::core::option::Option::Some(prepared_external) = prepared_external {object_writer.write::<_, _, 4>(&prepared_external);}if let ::core::option::Option::Some(prepared_use_rms_norm) = prepared_use_rms_norm {object_writer.write::<_, _, 1>(&prepared_use_rms_norm);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<LayerNorm>> for LayerNorm {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LayerNorm> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<LayerNorm>> for LayerNorm {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<LayerNorm>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<LayerNorm> for LayerNorm {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LayerNorm> {
LayerNorm::create(
builder,
&self.axis,
self.epsilon,
&self.gamma,
&self.beta,
self.group,
&self.external,
self.use_rms_norm,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct LayerNormBuilder<State>(State);
impl<
> LayerNormBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T0>(self, value: T0) -> LayerNormBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
LayerNormBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_null(self) -> LayerNormBuilder<(
(),
)>
{
self.axis(())
}
}
impl<
T0,
> LayerNormBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn epsilon<T1>(self, value: T1) -> LayerNormBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;LayerNormBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn epsilon_as_default(self) -> LayerNormBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.epsilon(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> LayerNormBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn gamma<T2>(self, value: T2) -> LayerNormBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;LayerNormBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn gamma_as_null(self) -> LayerNormBuilder<(
T0,
T1,
(),
)>
{
self.gamma(())
}
}
impl<
T0,
T1,
T2,
> LayerNormBuilder
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
pub fn beta<T3>(self, value: T3) -> LayerNormBuilder<(
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
) = self.0;LayerNormBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn beta_as_null(self) -> LayerNormBuilder<(
T0,
T1,
T2,
(),
)>
{
self.beta(())
}
}
impl<
T0,
T1,
T2,
T3,
> LayerNormBuilder
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
pub fn group<T4>(self, value: T4) -> LayerNormBuilder<(
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
) = self.0;LayerNormBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn group_as_default(self) -> LayerNormBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.group(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> LayerNormBuilder
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
pub fn external<T5>(self, value: T5) -> LayerNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<::planus::Offset<[i64]>>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;LayerNormBuilder((
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
pub fn external_as_null(self) -> LayerNormBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.external(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> LayerNormBuilder
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
pub fn use_rms_norm<T6>(self, value: T6) -> LayerNormBuilder<(
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
) = self.0;LayerNormBuilder((
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
pub fn use_rms_norm_as_default(self) -> LayerNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.use_rms_norm(::planus::DefaultValue)
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
> LayerNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<LayerNorm>
where Self: ::planus::WriteAsOffset<LayerNorm>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<LayerNorm>> for LayerNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<LayerNorm>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LayerNorm> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<LayerNorm>> for LayerNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<LayerNorm>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<LayerNorm>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<LayerNorm> for LayerNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LayerNorm> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = &self.0;LayerNorm::create(
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
pub struct LayerNormRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> LayerNormRef<'a> {
#[inline]
pub fn axis(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "LayerNorm", "axis")
}
#[inline]
pub fn epsilon(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "LayerNorm", "epsilon")
?.unwrap_or(0.0))
}
#[inline]
pub fn gamma(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "LayerNorm", "gamma")
}
#[inline]
pub fn beta(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(3, "LayerNorm", "beta")
}
#[inline]
pub fn group(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "LayerNorm", "group")
?.unwrap_or(1))
}
#[inline]
pub fn external(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i64>>> {
self.0.access(5, "LayerNorm", "external")
}
#[inline]
pub fn use_rms_norm(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(6, "LayerNorm", "use_rms_norm")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for LayerNormRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("LayerNormRef");
if let ::core::option::Option::Some(field_axis) = self.axis().transpose() {
f.field("axis", &field_axis);
}f.field("epsilon", &self.epsilon());if let ::core::option::Option::Some(field_gamma) = self.gamma().transpose() {
f.field("gamma", &field_gamma);
}if let ::core::option::Option::Some(field_beta) = self.beta().transpose() {
f.field("beta", &field_beta);
}f.field("group", &self.group());if let ::core::option::Option::Some(field_external) = self.external().transpose() {
f.field("external", &field_external);
}f.field("use_rms_norm", &self.use_rms_norm());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<LayerNormRef<'a>> for LayerNorm {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: LayerNormRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
axis:
if let ::core::option::Option::Some(axis) = value.axis()? {
::core::option::Option::Some(axis.to_vec()?)
} else {
::core::option::Option::None
}
,epsilon: ::core::convert::TryInto::try_into(value.epsilon()?)?,gamma:
if let ::core::option::Option::Some(gamma) = value.gamma()? {
::core::option::Option::Some(gamma.to_vec()?)
} else {
::core::option::Option::None
}
,beta:
if let ::core::option::Option::Some(beta) = value.beta()? {
::core::option::Option::Some(beta.to_vec()?)
} else {
::core::option::Option::None
}
,group: ::core::convert::TryInto::try_into(value.group()?)?,external:
if let ::core::option::Option::Some(external) = value.external()? {
::core::option::Option::Some(external.to_vec()?)
} else {
::core::option::Option::None
}
,use_rms_norm: ::core::convert::TryInto::try_into(value.use_rms_norm()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for LayerNormRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for LayerNormRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[LayerNormRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<LayerNorm>> for LayerNorm {
type Value = ::planus::Offset<LayerNorm>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<LayerNorm>],
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
impl<'a> ::planus::ReadAsRoot<'a> for LayerNormRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[LayerNormRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum CoordinateTransformationMode {
NotSet = 0,
AlignCorners = 1,
HalfPixels = 2,
PytorchHalfPixels = 3,
Asymmetric = 4,
TensorflowHalfPixels = 5,
TensorflowCropAndResize = 6,
}
impl CoordinateTransformationMode {
pub const ENUM_VALUES: [Self; 7] = [Self::NotSet,Self::AlignCorners,Self::HalfPixels,Self::PytorchHalfPixels,Self::Asymmetric,Self::TensorflowHalfPixels,Self::TensorflowCropAndResize,];
}
impl ::core::convert::TryFrom<i8> for CoordinateTransformationMode {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(CoordinateTransformationMode::NotSet),
1 => ::core::result::Result::Ok(CoordinateTransformationMode::AlignCorners),
2 => ::core::result::Result::Ok(CoordinateTransformationMode::HalfPixels),
3 => ::core::result::Result::Ok(CoordinateTransformationMode::PytorchHalfPixels),
4 => ::core::result::Result::Ok(CoordinateTransformationMode::Asymmetric),
5 => ::core::result::Result::Ok(CoordinateTransformationMode::TensorflowHalfPixels),
6 => ::core::result::Result::Ok(CoordinateTransformationMode::TensorflowCropAndResize),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<CoordinateTransformationMode> for i8 {
#[inline]
fn from(value: CoordinateTransformationMode) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for CoordinateTransformationMode {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<CoordinateTransformationMode> for CoordinateTransformationMode {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<CoordinateTransformationMode> for CoordinateTransformationMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> CoordinateTransformationMode {
*self
}
}
impl ::planus::WriteAsDefault<CoordinateTransformationMode, CoordinateTransformationMode> for CoordinateTransformationMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &CoordinateTransformationMode) -> ::core::option::Option<CoordinateTransformationMode> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<CoordinateTransformationMode> for CoordinateTransformationMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<CoordinateTransformationMode> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for CoordinateTransformationMode {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for CoordinateTransformationMode {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"CoordinateTransformationMode",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<CoordinateTransformationMode> for CoordinateTransformationMode {
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
pub struct Interp{
pub width_scale: f32,
pub height_scale: f32,
pub output_width: i32,
pub output_height: i32,
pub resize_type: i32,
pub align_corners: bool,
pub half_pixel_centers: bool,
pub width_offset: f32,
pub height_offset: f32,
pub cubic_coeff_a: ::core::option::Option<f32>,
pub ctm: self::CoordinateTransformationMode,
pub depth_scale: f32,
pub output_depth: i32,
pub depth_offset: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Interp {
fn default() -> Self {
Self {
width_scale: 0.0,
height_scale: 0.0,
output_width: 0,
output_height: 0,
resize_type: 0,
align_corners: false,
half_pixel_centers: false,
width_offset: 0.0,
height_offset: 0.0,
cubic_coeff_a: ::core::default::Default::default(),
ctm: self::CoordinateTransformationMode::NotSet,
depth_scale: 0.0,
output_depth: 0,
depth_offset: 0.0,
}
}
}
impl Interp {
#[inline]
pub fn builder() -> InterpBuilder<()> {
InterpBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_width_scale: impl ::planus::WriteAsDefault<f32, f32>,
field_height_scale: impl ::planus::WriteAsDefault<f32, f32>,
field_output_width: impl ::planus::WriteAsDefault<i32, i32>,
field_output_height: impl ::planus::WriteAsDefault<i32, i32>,
field_resize_type: impl ::planus::WriteAsDefault<i32, i32>,
field_align_corners: impl ::planus::WriteAsDefault<bool, bool>,
field_half_pixel_centers: impl ::planus::WriteAsDefault<bool, bool>,
field_width_offset: impl ::planus::WriteAsDefault<f32, f32>,
field_height_offset: impl ::planus::WriteAsDefault<f32, f32>,
field_cubic_coeff_a: impl ::planus::WriteAsOptional<f32>,
field_ctm: impl ::planus::WriteAsDefault<self::CoordinateTransformationMode, self::CoordinateTransformationMode>,
field_depth_scale: impl ::planus::WriteAsDefault<f32, f32>,
field_output_depth: impl ::planus::WriteAsDefault<i32, i32>,
field_depth_offset: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_width_scale = field_width_scale.prepare(builder, &0.0);let prepared_height_scale = field_height_scale.prepare(builder, &0.0);let prepared_output_width = field_output_width.prepare(builder, &0);let prepared_output_height = field_output_height.prepare(builder, &0);let prepared_resize_type = field_resize_type.prepare(builder, &0);let prepared_align_corners = field_align_corners.prepare(builder, &false);let prepared_half_pixel_centers = field_half_pixel_centers.prepare(builder, &false);let prepared_width_offset = field_width_offset.prepare(builder, &0.0);let prepared_height_offset = field_height_offset.prepare(builder, &0.0);let prepared_cubic_coeff_a = field_cubic_coeff_a.prepare(builder);let prepared_ctm = field_ctm.prepare(builder, &self::CoordinateTransformationMode::NotSet);let prepared_depth_scale = field_depth_scale.prepare(builder, &0.0);let prepared_output_depth = field_output_depth.prepare(builder, &0);let prepared_depth_offset = field_depth_offset.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<32> = ::core::default::Default::default();
if prepared_width_scale.is_some() {table_writer.write_entry::<f32>(0);}if prepared_height_scale.is_some() {table_writer.write_entry::<f32>(1);}if prepared_output_width.is_some() {table_writer.write_entry::<i32>(2);}if prepared_output_height.is_some() {table_writer.write_entry::<i32>(3);}if prepared_resize_type.is_some() {table_writer.write_entry::<i32>(4);}if prepared_width_offset.is_some() {table_writer.write_entry::<f32>(7);}if prepared_height_offset.is_some() {table_writer.write_entry::<f32>(8);}if prepared_cubic_coeff_a.is_some() {table_writer.write_entry::<f32>(9);}if prepared_depth_scale.is_some() {table_writer.write_entry::<f32>(11);}if prepared_output_depth.is_some() {table_writer.write_entry::<i32>(12);}if prepared_depth_offset.is_some() {table_writer.write_entry::<f32>(13);}if prepared_align_corners.is_some() {table_writer.write_entry::<bool>(5);}if prepared_half_pixel_centers.is_some() {table_writer.write_entry::<bool>(6);}if prepared_ctm.is_some() {table_writer.write_entry::<self::CoordinateTransformationMode>(10);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_width_scale) = prepared_width_scale {object_writer.write::<_, _, 4>(&prepared_width_scale);}if let ::core::option::Option::Some(prepared_height_scale) = prepared_height_scale {object_writer.write::<_, _, 4>(&prepared_height_scale);}if let ::core::option::Option::Some(prepared_output_width) = prepared_output_width {object_writer.write::<_, _, 4>(&prepared_output_width);}if let ::core::option::Option::Some(prepared_output_height) = prepared_output_height {object_writer.write::<_, _, 4>(&prepared_output_height);}if let ::core::option::Option::Some(prepared_resize_type) = prepared_resize_type {object_writer.write::<_, _, 4>(&prepared_resize_type);}if let ::core::option::Option::Some(prepared_width_offset) = prepared_width_offset {object_writer.write::<_, _, 4>(&prepared_width_offset);}if let ::core::option::Option::Some(prepared_height_offset) = prepared_height_offset {object_writer.write::<_, _, 4>(&prepared_height_offset);}if let ::core::option::Option::Some(prepared_cubic_coeff_a) = prepared_cubic_coeff_a {object_writer.write::<_, _, 4>(&prepared_cubic_coeff_a);}if let ::core::option::Option::Some(prepared_depth_scale) = prepared_depth_scale {object_writer.write::<_, _, 4>(&prepared_depth_scale);}if let ::core::option::Option::Some(prepared_output_depth) = prepared_output_depth {object_writer.write::<_, _, 4>(&prepared_output_depth);}if let ::core::option::Option::Some(prepared_depth_offset) = prepared_depth_offset {object_writer.write::<_, _, 4>(&prepared_depth_offset);}if let ::core::option::Option::Some(prepared_align_corners) = prepared_align_corners {object_writer.write::<_, _, 1>(&prepared_align_corners);}if let ::core::option::Option::Some(prepared_half_pixel_centers) = prepared_half_pixel_centers {object_writer.write::<_, _, 1>(&prepared_half_pixel_centers);}if let ::core::option::Option::Some(prepared_ctm) = prepared_ctm {object_writer.write::<_, _, 1>(&prepared_ctm);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Interp>> for Interp {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Interp> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Interp>> for Interp {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Interp>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Interp> for Interp {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Interp> {
Interp::create(
builder,
self.width_scale,
self.height_scale,
self.output_width,
self.output_height,
self.resize_type,
self.align_corners,
self.half_pixel_centers,
self.width_offset,
self.height_offset,
self.cubic_coeff_a,
self.ctm,
self.depth_scale,
self.output_depth,
self.depth_offset,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct InterpBuilder<State>(State);
impl<
> InterpBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn width_scale<T0>(self, value: T0) -> InterpBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
InterpBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn width_scale_as_default(self) -> InterpBuilder<(
::planus::DefaultValue,
)>
{
self.width_scale(::planus::DefaultValue)
}
}
impl<
T0,
> InterpBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn height_scale<T1>(self, value: T1) -> InterpBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;InterpBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn height_scale_as_default(self) -> InterpBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.height_scale(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> InterpBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_width<T2>(self, value: T2) -> InterpBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;InterpBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_width_as_default(self) -> InterpBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.output_width(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> InterpBuilder
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
pub fn output_height<T3>(self, value: T3) -> InterpBuilder<(
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
) = self.0;InterpBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_height_as_default(self) -> InterpBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.output_height(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> InterpBuilder
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
pub fn resize_type<T4>(self, value: T4) -> InterpBuilder<(
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
) = self.0;InterpBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn resize_type_as_default(self) -> InterpBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.resize_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> InterpBuilder
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
pub fn align_corners<T5>(self, value: T5) -> InterpBuilder<(
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
) = self.0;InterpBuilder((
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
pub fn align_corners_as_default(self) -> InterpBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.align_corners(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> InterpBuilder
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
pub fn half_pixel_centers<T6>(self, value: T6) -> InterpBuilder<(
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
) = self.0;InterpBuilder((
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
pub fn half_pixel_centers_as_default(self) -> InterpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.half_pixel_centers(::planus::DefaultValue)
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
> InterpBuilder
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
pub fn width_offset<T7>(self, value: T7) -> InterpBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;InterpBuilder((
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
pub fn width_offset_as_default(self) -> InterpBuilder<(
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
self.width_offset(::planus::DefaultValue)
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
> InterpBuilder
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
pub fn height_offset<T8>(self, value: T8) -> InterpBuilder<(
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
where T8: ::planus::WriteAsDefault<f32, f32>
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
) = self.0;InterpBuilder((
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
pub fn height_offset_as_default(self) -> InterpBuilder<(
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
self.height_offset(::planus::DefaultValue)
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
> InterpBuilder
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
pub fn cubic_coeff_a<T9>(self, value: T9) -> InterpBuilder<(
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
where T9: ::planus::WriteAsOptional<f32>
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
) = self.0;InterpBuilder((
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
pub fn cubic_coeff_a_as_null(self) -> InterpBuilder<(
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
self.cubic_coeff_a(())
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
> InterpBuilder
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
pub fn ctm<T10>(self, value: T10) -> InterpBuilder<(
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
where T10: ::planus::WriteAsDefault<self::CoordinateTransformationMode, self::CoordinateTransformationMode>
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
) = self.0;InterpBuilder((
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
pub fn ctm_as_default(self) -> InterpBuilder<(
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
self.ctm(::planus::DefaultValue)
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
> InterpBuilder
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
pub fn depth_scale<T11>(self, value: T11) -> InterpBuilder<(
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
where T11: ::planus::WriteAsDefault<f32, f32>
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
) = self.0;InterpBuilder((
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
pub fn depth_scale_as_default(self) -> InterpBuilder<(
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
::planus::DefaultValue,
)>
{
self.depth_scale(::planus::DefaultValue)
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
> InterpBuilder
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
pub fn output_depth<T12>(self, value: T12) -> InterpBuilder<(
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
where T12: ::planus::WriteAsDefault<i32, i32>
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
) = self.0;InterpBuilder((
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
pub fn output_depth_as_default(self) -> InterpBuilder<(
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
::planus::DefaultValue,
)>
{
self.output_depth(::planus::DefaultValue)
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
> InterpBuilder
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
pub fn depth_offset<T13>(self, value: T13) -> InterpBuilder<(
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
where T13: ::planus::WriteAsDefault<f32, f32>
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
) = self.0;InterpBuilder((
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
pub fn depth_offset_as_default(self) -> InterpBuilder<(
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
self.depth_offset(::planus::DefaultValue)
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
> InterpBuilder<(
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
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Interp>
where Self: ::planus::WriteAsOffset<Interp>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsDefault<f32, f32>,
T8: ::planus::WriteAsDefault<f32, f32>,
T9: ::planus::WriteAsOptional<f32>,
T10: ::planus::WriteAsDefault<self::CoordinateTransformationMode, self::CoordinateTransformationMode>,
T11: ::planus::WriteAsDefault<f32, f32>,
T12: ::planus::WriteAsDefault<i32, i32>,
T13: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<Interp>> for InterpBuilder<(
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
type Prepared = ::planus::Offset<Interp>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Interp> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsDefault<f32, f32>,
T8: ::planus::WriteAsDefault<f32, f32>,
T9: ::planus::WriteAsOptional<f32>,
T10: ::planus::WriteAsDefault<self::CoordinateTransformationMode, self::CoordinateTransformationMode>,
T11: ::planus::WriteAsDefault<f32, f32>,
T12: ::planus::WriteAsDefault<i32, i32>,
T13: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<Interp>> for InterpBuilder<(
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
type Prepared = ::planus::Offset<Interp>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Interp>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<bool, bool>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsDefault<f32, f32>,
T8: ::planus::WriteAsDefault<f32, f32>,
T9: ::planus::WriteAsOptional<f32>,
T10: ::planus::WriteAsDefault<self::CoordinateTransformationMode, self::CoordinateTransformationMode>,
T11: ::planus::WriteAsDefault<f32, f32>,
T12: ::planus::WriteAsDefault<i32, i32>,
T13: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<Interp> for InterpBuilder<(
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
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Interp> {
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
) = &self.0;Interp::create(
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
pub struct InterpRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> InterpRef<'a> {
#[inline]
pub fn width_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "Interp", "width_scale")
?.unwrap_or(0.0))
}
#[inline]
pub fn height_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "Interp", "height_scale")
?.unwrap_or(0.0))
}
#[inline]
pub fn output_width(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "Interp", "output_width")
?.unwrap_or(0))
}
#[inline]
pub fn output_height(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "Interp", "output_height")
?.unwrap_or(0))
}
#[inline]
pub fn resize_type(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "Interp", "resize_type")
?.unwrap_or(0))
}
#[inline]
pub fn align_corners(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(5, "Interp", "align_corners")
?.unwrap_or(false))
}
#[inline]
pub fn half_pixel_centers(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(6, "Interp", "half_pixel_centers")
?.unwrap_or(false))
}
#[inline]
pub fn width_offset(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(7, "Interp", "width_offset")
?.unwrap_or(0.0))
}
#[inline]
pub fn height_offset(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(8, "Interp", "height_offset")
?.unwrap_or(0.0))
}
#[inline]
pub fn cubic_coeff_a(&self) -> ::planus::Result<::core::option::Option<f32>> {
self.0.access(9, "Interp", "cubic_coeff_a")
}
#[inline]
pub fn ctm(&self) -> ::planus::Result<self::CoordinateTransformationMode> {
::core::result::Result::Ok(
self.0.access(10, "Interp", "ctm")
?.unwrap_or(self::CoordinateTransformationMode::NotSet))
}
#[inline]
pub fn depth_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(11, "Interp", "depth_scale")
?.unwrap_or(0.0))
}
#[inline]
pub fn output_depth(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(12, "Interp", "output_depth")
?.unwrap_or(0))
}
#[inline]
pub fn depth_offset(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(13, "Interp", "depth_offset")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for InterpRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("InterpRef");
f.field("width_scale", &self.width_scale());f.field("height_scale", &self.height_scale());f.field("output_width", &self.output_width());f.field("output_height", &self.output_height());f.field("resize_type", &self.resize_type());f.field("align_corners", &self.align_corners());f.field("half_pixel_centers", &self.half_pixel_centers());f.field("width_offset", &self.width_offset());f.field("height_offset", &self.height_offset());if let ::core::option::Option::Some(field_cubic_coeff_a) = self.cubic_coeff_a().transpose() {
f.field("cubic_coeff_a", &field_cubic_coeff_a);
}f.field("ctm", &self.ctm());f.field("depth_scale", &self.depth_scale());f.field("output_depth", &self.output_depth());f.field("depth_offset", &self.depth_offset());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<InterpRef<'a>> for Interp {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: InterpRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
width_scale: ::core::convert::TryInto::try_into(value.width_scale()?)?,height_scale: ::core::convert::TryInto::try_into(value.height_scale()?)?,output_width: ::core::convert::TryInto::try_into(value.output_width()?)?,output_height: ::core::convert::TryInto::try_into(value.output_height()?)?,resize_type: ::core::convert::TryInto::try_into(value.resize_type()?)?,align_corners: ::core::convert::TryInto::try_into(value.align_corners()?)?,half_pixel_centers: ::core::convert::TryInto::try_into(value.half_pixel_centers()?)?,width_offset: ::core::convert::TryInto::try_into(value.width_offset()?)?,height_offset: ::core::convert::TryInto::try_into(value.height_offset()?)?,cubic_coeff_a:
if let ::core::option::Option::Some(cubic_coeff_a) = value.cubic_coeff_a()? {
::core::option::Option::Some(::core::convert::TryInto::try_into(cubic_coeff_a)?)
} else {
::core::option::Option::None
}
,ctm: ::core::convert::TryInto::try_into(value.ctm()?)?,depth_scale: ::core::convert::TryInto::try_into(value.depth_scale()?)?,output_depth: ::core::convert::TryInto::try_into(value.output_depth()?)?,depth_offset: ::core::convert::TryInto::try_into(value.depth_offset()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for InterpRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for InterpRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[InterpRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Interp>> for Interp {
type Value = ::planus::Offset<Interp>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Interp>],
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
impl<'a> ::planus::ReadAsRoot<'a> for InterpRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[InterpRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum PadValueMode {
Constant = 0,
Reflect = 1,
Symmetric = 2,
Edge = 3,
}
impl PadValueMode {
pub const ENUM_VALUES: [Self; 4] = [Self::Constant,Self::Reflect,Self::Symmetric,Self::Edge,];
}
impl ::core::convert::TryFrom<i8> for PadValueMode {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(PadValueMode::Constant),
1 => ::core::result::Result::Ok(PadValueMode::Reflect),
2 => ::core::result::Result::Ok(PadValueMode::Symmetric),
3 => ::core::result::Result::Ok(PadValueMode::Edge),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<PadValueMode> for i8 {
#[inline]
fn from(value: PadValueMode) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for PadValueMode {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<PadValueMode> for PadValueMode {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<PadValueMode> for PadValueMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> PadValueMode {
*self
}
}
impl ::planus::WriteAsDefault<PadValueMode, PadValueMode> for PadValueMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &PadValueMode) -> ::core::option::Option<PadValueMode> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<PadValueMode> for PadValueMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<PadValueMode> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for PadValueMode {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for PadValueMode {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"PadValueMode",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<PadValueMode> for PadValueMode {
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
pub struct PadParam{
pub mode: self::PadValueMode,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for PadParam {
fn default() -> Self {
Self {
mode: self::PadValueMode::Constant,
}
}
}
impl PadParam {
#[inline]
pub fn builder() -> PadParamBuilder<()> {
PadParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_mode: impl ::planus::WriteAsDefault<self::PadValueMode, self::PadValueMode>,
) -> ::planus::Offset<Self> {let prepared_mode = field_mode.prepare(builder, &self::PadValueMode::Constant);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_mode.is_some() {table_writer.write_entry::<self::PadValueMode>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_mode) = prepared_mode {object_writer.write::<_, _, 1>(&prepared_mode);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<PadParam>> for PadParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PadParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<PadParam>> for PadParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<PadParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<PadParam> for PadParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PadParam> {
PadParam::create(
builder,
self.mode,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct PadParamBuilder<State>(State);
impl<
> PadParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode<T0>(self, value: T0) -> PadParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::PadValueMode, self::PadValueMode>
{
PadParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode_as_default(self) -> PadParamBuilder<(
::planus::DefaultValue,
)>
{
self.mode(::planus::DefaultValue)
}
}
impl<
T0,
> PadParamBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<PadParam>
where Self: ::planus::WriteAsOffset<PadParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::PadValueMode, self::PadValueMode>,
> ::planus::WriteAs<::planus::Offset<PadParam>> for PadParamBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<PadParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PadParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::PadValueMode, self::PadValueMode>,
> ::planus::WriteAsOptional<::planus::Offset<PadParam>> for PadParamBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<PadParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<PadParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::PadValueMode, self::PadValueMode>,
> ::planus::WriteAsOffset<PadParam> for PadParamBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PadParam> {
let (
v0,
) = &self.0;PadParam::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct PadParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> PadParamRef<'a> {
#[inline]
pub fn mode(&self) -> ::planus::Result<self::PadValueMode> {
::core::result::Result::Ok(
self.0.access(0, "PadParam", "mode")
?.unwrap_or(self::PadValueMode::Constant))
}
}
impl<'a> ::core::fmt::Debug for PadParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("PadParamRef");
f.field("mode", &self.mode());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<PadParamRef<'a>> for PadParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: PadParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
mode: ::core::convert::TryInto::try_into(value.mode()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for PadParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for PadParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[PadParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<PadParam>> for PadParam {
type Value = ::planus::Offset<PadParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<PadParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for PadParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[PadParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct ArgMax{
pub out_max_val: i32,
pub top_k: i32,
pub axis: i32,
pub softmax_threshold: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ArgMax {
fn default() -> Self {
Self {
out_max_val: 0,
top_k: 0,
axis: 0,
softmax_threshold: 0,
}
}
}
impl ArgMax {
#[inline]
pub fn builder() -> ArgMaxBuilder<()> {
ArgMaxBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_out_max_val: impl ::planus::WriteAsDefault<i32, i32>,
field_top_k: impl ::planus::WriteAsDefault<i32, i32>,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
field_softmax_threshold: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_out_max_val = field_out_max_val.prepare(builder, &0);let prepared_top_k = field_top_k.prepare(builder, &0);let prepared_axis = field_axis.prepare(builder, &0);let prepared_softmax_threshold = field_softmax_threshold.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_out_max_val.is_some() {table_writer.write_entry::<i32>(0);}if prepared_top_k.is_some() {table_writer.write_entry::<i32>(1);}if prepared_axis.is_some() {table_writer.write_entry::<i32>(2);}if prepared_softmax_threshold.is_some() {table_writer.write_entry::<i32>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_out_max_val) = prepared_out_max_val {object_writer.write::<_, _, 4>(&prepared_out_max_val);}if let ::core::option::Option::Some(prepared_top_k) = prepared_top_k {object_writer.write::<_, _, 4>(&prepared_top_k);}if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_softmax_threshold) = prepared_softmax_threshold {object_writer.write::<_, _, 4>(&prepared_softmax_threshold);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ArgMax>> for ArgMax {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ArgMax> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ArgMax>> for ArgMax {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ArgMax>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ArgMax> for ArgMax {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ArgMax> {
ArgMax::create(
builder,
self.out_max_val,
self.top_k,
self.axis,
self.softmax_threshold,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ArgMaxBuilder<State>(State);
impl<
> ArgMaxBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn out_max_val<T0>(self, value: T0) -> ArgMaxBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
ArgMaxBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn out_max_val_as_default(self) -> ArgMaxBuilder<(
::planus::DefaultValue,
)>
{
self.out_max_val(::planus::DefaultValue)
}
}
impl<
T0,
> ArgMaxBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn top_k<T1>(self, value: T1) -> ArgMaxBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;ArgMaxBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn top_k_as_default(self) -> ArgMaxBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.top_k(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> ArgMaxBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T2>(self, value: T2) -> ArgMaxBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;ArgMaxBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> ArgMaxBuilder<(
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
> ArgMaxBuilder
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
pub fn softmax_threshold<T3>(self, value: T3) -> ArgMaxBuilder<(
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
) = self.0;ArgMaxBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn softmax_threshold_as_default(self) -> ArgMaxBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.softmax_threshold(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> ArgMaxBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ArgMax>
where Self: ::planus::WriteAsOffset<ArgMax>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<ArgMax>> for ArgMaxBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<ArgMax>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ArgMax> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<ArgMax>> for ArgMaxBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<ArgMax>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ArgMax>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<ArgMax> for ArgMaxBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ArgMax> {
let (
v0,
v1,
v2,
v3,
) = &self.0;ArgMax::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct ArgMaxRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ArgMaxRef<'a> {
#[inline]
pub fn out_max_val(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "ArgMax", "out_max_val")
?.unwrap_or(0))
}
#[inline]
pub fn top_k(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "ArgMax", "top_k")
?.unwrap_or(0))
}
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "ArgMax", "axis")
?.unwrap_or(0))
}
#[inline]
pub fn softmax_threshold(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "ArgMax", "softmax_threshold")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for ArgMaxRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ArgMaxRef");
f.field("out_max_val", &self.out_max_val());f.field("top_k", &self.top_k());f.field("axis", &self.axis());f.field("softmax_threshold", &self.softmax_threshold());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ArgMaxRef<'a>> for ArgMax {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ArgMaxRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
out_max_val: ::core::convert::TryInto::try_into(value.out_max_val()?)?,top_k: ::core::convert::TryInto::try_into(value.top_k()?)?,axis: ::core::convert::TryInto::try_into(value.axis()?)?,softmax_threshold: ::core::convert::TryInto::try_into(value.softmax_threshold()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ArgMaxRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ArgMaxRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ArgMaxRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ArgMax>> for ArgMax {
type Value = ::planus::Offset<ArgMax>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ArgMax>],
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
impl<'a> ::planus::ReadAsRoot<'a> for ArgMaxRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ArgMaxRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Elu{
pub alpha: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Elu {
fn default() -> Self {
Self {
alpha: 0.0,
}
}
}
impl Elu {
#[inline]
pub fn builder() -> EluBuilder<()> {
EluBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_alpha: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_alpha = field_alpha.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<6> = ::core::default::Default::default();
if prepared_alpha.is_some() {table_writer.write_entry::<f32>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_alpha) = prepared_alpha {object_writer.write::<_, _, 4>(&prepared_alpha);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Elu>> for Elu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Elu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Elu>> for Elu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Elu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Elu> for Elu {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Elu> {
Elu::create(
builder,
self.alpha,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct EluBuilder<State>(State);
impl<
> EluBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn alpha<T0>(self, value: T0) -> EluBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
EluBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn alpha_as_default(self) -> EluBuilder<(
::planus::DefaultValue,
)>
{
self.alpha(::planus::DefaultValue)
}
}
impl<
T0,
> EluBuilder<(
T0,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Elu>
where Self: ::planus::WriteAsOffset<Elu>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<Elu>> for EluBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Elu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Elu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<Elu>> for EluBuilder<(
T0,
)> {
type Prepared = ::planus::Offset<Elu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Elu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<Elu> for EluBuilder<(
T0,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Elu> {
let (
v0,
) = &self.0;Elu::create(
builder,
v0,
)
}
}
#[derive(Copy, Clone)]
pub struct EluRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> EluRef<'a> {
#[inline]
pub fn alpha(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "Elu", "alpha")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for EluRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("EluRef");
f.field("alpha", &self.alpha());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<EluRef<'a>> for Elu {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: EluRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
alpha: ::core::convert::TryInto::try_into(value.alpha()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for EluRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for EluRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[EluRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Elu>> for Elu {
type Value = ::planus::Offset<Elu>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Elu>],
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
impl<'a> ::planus::ReadAsRoot<'a> for EluRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[EluRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Selu{
pub scale: f32,
pub alpha: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Selu {
fn default() -> Self {
Self {
scale: 0.0,
alpha: 0.0,
}
}
}
impl Selu {
#[inline]
pub fn builder() -> SeluBuilder<()> {
SeluBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_scale: impl ::planus::WriteAsDefault<f32, f32>,
field_alpha: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_scale = field_scale.prepare(builder, &0.0);let prepared_alpha = field_alpha.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_scale.is_some() {table_writer.write_entry::<f32>(0);}if prepared_alpha.is_some() {table_writer.write_entry::<f32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_scale) = prepared_scale {object_writer.write::<_, _, 4>(&prepared_scale);}if let ::core::option::Option::Some(prepared_alpha) = prepared_alpha {object_writer.write::<_, _, 4>(&prepared_alpha);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Selu>> for Selu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Selu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Selu>> for Selu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Selu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Selu> for Selu {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Selu> {
Selu::create(
builder,
self.scale,
self.alpha,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct SeluBuilder<State>(State);
impl<
> SeluBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale<T0>(self, value: T0) -> SeluBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<f32, f32>
{
SeluBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn scale_as_default(self) -> SeluBuilder<(
::planus::DefaultValue,
)>
{
self.scale(::planus::DefaultValue)
}
}
impl<
T0,
> SeluBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn alpha<T1>(self, value: T1) -> SeluBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;SeluBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn alpha_as_default(self) -> SeluBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.alpha(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> SeluBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Selu>
where Self: ::planus::WriteAsOffset<Selu>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<Selu>> for SeluBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Selu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Selu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<Selu>> for SeluBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Selu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Selu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<f32, f32>,
T1: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<Selu> for SeluBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Selu> {
let (
v0,
v1,
) = &self.0;Selu::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct SeluRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> SeluRef<'a> {
#[inline]
pub fn scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(0, "Selu", "scale")
?.unwrap_or(0.0))
}
#[inline]
pub fn alpha(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "Selu", "alpha")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for SeluRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("SeluRef");
f.field("scale", &self.scale());f.field("alpha", &self.alpha());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<SeluRef<'a>> for Selu {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: SeluRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
scale: ::core::convert::TryInto::try_into(value.scale()?)?,alpha: ::core::convert::TryInto::try_into(value.alpha()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for SeluRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for SeluRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[SeluRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Selu>> for Selu {
type Value = ::planus::Offset<Selu>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Selu>],
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
impl<'a> ::planus::ReadAsRoot<'a> for SeluRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[SeluRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct PRelu{
pub slope_count: i32,
pub slope: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for PRelu {
fn default() -> Self {
Self {
slope_count: 0,
slope: ::core::default::Default::default(),
}
}
}
impl PRelu {
#[inline]
pub fn builder() -> PReluBuilder<()> {
PReluBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_slope_count: impl ::planus::WriteAsDefault<i32, i32>,
field_slope: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
) -> ::planus::Offset<Self> {let prepared_slope_count = field_slope_count.prepare(builder, &0);let prepared_slope = field_slope.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_slope_count.is_some() {table_writer.write_entry::<i32>(0);}if prepared_slope.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_slope_count) = prepared_slope_count {object_writer.write::<_, _, 4>(&prepared_slope_count);}if let ::core::option::Option::Some(prepared_slope) = prepared_slope {object_writer.write::<_, _, 4>(&prepared_slope);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<PRelu>> for PRelu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PRelu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<PRelu>> for PRelu {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<PRelu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<PRelu> for PRelu {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PRelu> {
PRelu::create(
builder,
self.slope_count,
&self.slope,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct PReluBuilder<State>(State);
impl<
> PReluBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn slope_count<T0>(self, value: T0) -> PReluBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
PReluBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn slope_count_as_default(self) -> PReluBuilder<(
::planus::DefaultValue,
)>
{
self.slope_count(::planus::DefaultValue)
}
}
impl<
T0,
> PReluBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn slope<T1>(self, value: T1) -> PReluBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
) = self.0;PReluBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn slope_as_null(self) -> PReluBuilder<(
T0,
(),
)>
{
self.slope(())
}
}
impl<
T0,
T1,
> PReluBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<PRelu>
where Self: ::planus::WriteAsOffset<PRelu>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAs<::planus::Offset<PRelu>> for PReluBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<PRelu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PRelu> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOptional<::planus::Offset<PRelu>> for PReluBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<PRelu>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<PRelu>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOffset<PRelu> for PReluBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<PRelu> {
let (
v0,
v1,
) = &self.0;PRelu::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct PReluRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> PReluRef<'a> {
#[inline]
pub fn slope_count(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "PRelu", "slope_count")
?.unwrap_or(0))
}
#[inline]
pub fn slope(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(1, "PRelu", "slope")
}
}
impl<'a> ::core::fmt::Debug for PReluRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("PReluRef");
f.field("slope_count", &self.slope_count());if let ::core::option::Option::Some(field_slope) = self.slope().transpose() {
f.field("slope", &field_slope);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<PReluRef<'a>> for PRelu {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: PReluRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
slope_count: ::core::convert::TryInto::try_into(value.slope_count()?)?,slope:
if let ::core::option::Option::Some(slope) = value.slope()? {
::core::option::Option::Some(slope.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for PReluRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for PReluRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[PReluRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<PRelu>> for PRelu {
type Value = ::planus::Offset<PRelu>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<PRelu>],
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
impl<'a> ::planus::ReadAsRoot<'a> for PReluRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[PReluRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Lrn{
pub region_type: i32,
pub local_size: i32,
pub alpha: f32,
pub beta: f32,
pub bias: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Lrn {
fn default() -> Self {
Self {
region_type: 0,
local_size: 0,
alpha: 0.0,
beta: 0.0,
bias: 1.0,
}
}
}
impl Lrn {
#[inline]
pub fn builder() -> LrnBuilder<()> {
LrnBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_region_type: impl ::planus::WriteAsDefault<i32, i32>,
field_local_size: impl ::planus::WriteAsDefault<i32, i32>,
field_alpha: impl ::planus::WriteAsDefault<f32, f32>,
field_beta: impl ::planus::WriteAsDefault<f32, f32>,
field_bias: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_region_type = field_region_type.prepare(builder, &0);let prepared_local_size = field_local_size.prepare(builder, &0);let prepared_alpha = field_alpha.prepare(builder, &0.0);let prepared_beta = field_beta.prepare(builder, &0.0);let prepared_bias = field_bias.prepare(builder, &1.0);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_region_type.is_some() {table_writer.write_entry::<i32>(0);}if prepared_local_size.is_some() {table_writer.write_entry::<i32>(1);}if prepared_alpha.is_some() {table_writer.write_entry::<f32>(2);}if prepared_beta.is_some() {table_writer.write_entry::<f32>(3);}if prepared_bias.is_some() {table_writer.write_entry::<f32>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_region_type) = prepared_region_type {object_writer.write::<_, _, 4>(&prepared_region_type);}if let ::core::option::Option::Some(prepared_local_size) = prepared_local_size {object_writer.write::<_, _, 4>(&prepared_local_size);}if let ::core::option::Option::Some(prepared_alpha) = prepared_alpha {object_writer.write::<_, _, 4>(&prepared_alpha);}if let ::core::option::Option::Some(prepared_beta) = prepared_beta {object_writer.write::<_, _, 4>(&prepared_beta);}if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Lrn>> for Lrn {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lrn> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Lrn>> for Lrn {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Lrn>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Lrn> for Lrn {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lrn> {
Lrn::create(
builder,
self.region_type,
self.local_size,
self.alpha,
self.beta,
self.bias,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct LrnBuilder<State>(State);
impl<
> LrnBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn region_type<T0>(self, value: T0) -> LrnBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
LrnBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn region_type_as_default(self) -> LrnBuilder<(
::planus::DefaultValue,
)>
{
self.region_type(::planus::DefaultValue)
}
}
impl<
T0,
> LrnBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn local_size<T1>(self, value: T1) -> LrnBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;LrnBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn local_size_as_default(self) -> LrnBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.local_size(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> LrnBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn alpha<T2>(self, value: T2) -> LrnBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
) = self.0;LrnBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn alpha_as_default(self) -> LrnBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.alpha(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> LrnBuilder
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
pub fn beta<T3>(self, value: T3) -> LrnBuilder<(
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
) = self.0;LrnBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn beta_as_default(self) -> LrnBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.beta(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> LrnBuilder
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
pub fn bias<T4>(self, value: T4) -> LrnBuilder<(
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
) = self.0;LrnBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_as_default(self) -> LrnBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.bias(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> LrnBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lrn>
where Self: ::planus::WriteAsOffset<Lrn>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<Lrn>> for LrnBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<Lrn>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lrn> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<Lrn>> for LrnBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<Lrn>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Lrn>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsDefault<f32, f32>,
T4: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<Lrn> for LrnBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lrn> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;Lrn::create(
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
pub struct LrnRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> LrnRef<'a> {
#[inline]
pub fn region_type(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Lrn", "region_type")
?.unwrap_or(0))
}
#[inline]
pub fn local_size(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "Lrn", "local_size")
?.unwrap_or(0))
}
#[inline]
pub fn alpha(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(2, "Lrn", "alpha")
?.unwrap_or(0.0))
}
#[inline]
pub fn beta(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(3, "Lrn", "beta")
?.unwrap_or(0.0))
}
#[inline]
pub fn bias(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(4, "Lrn", "bias")
?.unwrap_or(1.0))
}
}
impl<'a> ::core::fmt::Debug for LrnRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("LrnRef");
f.field("region_type", &self.region_type());f.field("local_size", &self.local_size());f.field("alpha", &self.alpha());f.field("beta", &self.beta());f.field("bias", &self.bias());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<LrnRef<'a>> for Lrn {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: LrnRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
region_type: ::core::convert::TryInto::try_into(value.region_type()?)?,local_size: ::core::convert::TryInto::try_into(value.local_size()?)?,alpha: ::core::convert::TryInto::try_into(value.alpha()?)?,beta: ::core::convert::TryInto::try_into(value.beta()?)?,bias: ::core::convert::TryInto::try_into(value.bias()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for LrnRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for LrnRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[LrnRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Lrn>> for Lrn {
type Value = ::planus::Offset<Lrn>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Lrn>],
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
impl<'a> ::planus::ReadAsRoot<'a> for LrnRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[LrnRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct TopKv2{
pub t: self::DataType,
pub sorted: bool,
pub largest: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for TopKv2 {
fn default() -> Self {
Self {
t: self::DataType::DtFloat,
sorted: false,
largest: true,
}
}
}
impl TopKv2 {
#[inline]
pub fn builder() -> TopKv2Builder<()> {
TopKv2Builder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_t: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_sorted: impl ::planus::WriteAsDefault<bool, bool>,
field_largest: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_t = field_t.prepare(builder, &self::DataType::DtFloat);let prepared_sorted = field_sorted.prepare(builder, &false);let prepared_largest = field_largest.prepare(builder, &true);
let mut table_writer: ::planus::table_writer::TableWriter::<10> = ::core::default::Default::default();
if prepared_t.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_sorted.is_some() {table_writer.write_entry::<bool>(1);}if prepared_largest.is_some() {table_writer.write_entry::<bool>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_t) = prepared_t {object_writer.write::<_, _, 4>(&prepared_t);}if let ::core::option::Option::Some(prepared_sorted) = prepared_sorted {object_writer.write::<_, _, 1>(&prepared_sorted);}if let ::core::option::Option::Some(prepared_largest) = prepared_largest {object_writer.write::<_, _, 1>(&prepared_largest);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<TopKv2>> for TopKv2 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TopKv2> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<TopKv2>> for TopKv2 {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TopKv2>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<TopKv2> for TopKv2 {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TopKv2> {
TopKv2::create(
builder,
self.t,
self.sorted,
self.largest,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct TopKv2Builder<State>(State);
impl<
> TopKv2Builder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn t<T0>(self, value: T0) -> TopKv2Builder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
TopKv2Builder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn t_as_default(self) -> TopKv2Builder<(
::planus::DefaultValue,
)>
{
self.t(::planus::DefaultValue)
}
}
impl<
T0,
> TopKv2Builder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn sorted<T1>(self, value: T1) -> TopKv2Builder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;TopKv2Builder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn sorted_as_default(self) -> TopKv2Builder<(
T0,
::planus::DefaultValue,
)>
{
self.sorted(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> TopKv2Builder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn largest<T2>(self, value: T2) -> TopKv2Builder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;TopKv2Builder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn largest_as_default(self) -> TopKv2Builder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.largest(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> TopKv2Builder<(
T0,
T1,
T2,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<TopKv2>
where Self: ::planus::WriteAsOffset<TopKv2>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<TopKv2>> for TopKv2Builder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<TopKv2>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TopKv2> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<TopKv2>> for TopKv2Builder<(
T0,
T1,
T2,
)> {
type Prepared = ::planus::Offset<TopKv2>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TopKv2>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsDefault<bool, bool>,
T2: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<TopKv2> for TopKv2Builder<(
T0,
T1,
T2,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TopKv2> {
let (
v0,
v1,
v2,
) = &self.0;TopKv2::create(
builder,
v0,
v1,
v2,
)
}
}
#[derive(Copy, Clone)]
pub struct TopKv2Ref<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> TopKv2Ref<'a> {
#[inline]
pub fn t(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "TopKv2", "t")
?.unwrap_or(self::DataType::DtFloat))
}
#[inline]
pub fn sorted(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "TopKv2", "sorted")
?.unwrap_or(false))
}
#[inline]
pub fn largest(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "TopKv2", "largest")
?.unwrap_or(true))
}
}
impl<'a> ::core::fmt::Debug for TopKv2Ref<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("TopKv2Ref");
f.field("t", &self.t());f.field("sorted", &self.sorted());f.field("largest", &self.largest());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<TopKv2Ref<'a>> for TopKv2 {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: TopKv2Ref<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
t: ::core::convert::TryInto::try_into(value.t()?)?,sorted: ::core::convert::TryInto::try_into(value.sorted()?)?,largest: ::core::convert::TryInto::try_into(value.largest()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for TopKv2Ref<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for TopKv2Ref<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[TopKv2Ref]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<TopKv2>> for TopKv2 {
type Value = ::planus::Offset<TopKv2>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<TopKv2>],
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
impl<'a> ::planus::ReadAsRoot<'a> for TopKv2Ref<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[TopKv2Ref]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum DepthToSpaceMode {
Dcr = 0,
Crd = 1,
}
impl DepthToSpaceMode {
pub const ENUM_VALUES: [Self; 2] = [Self::Dcr,Self::Crd,];
}
impl ::core::convert::TryFrom<i8> for DepthToSpaceMode {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(DepthToSpaceMode::Dcr),
1 => ::core::result::Result::Ok(DepthToSpaceMode::Crd),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<DepthToSpaceMode> for i8 {
#[inline]
fn from(value: DepthToSpaceMode) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for DepthToSpaceMode {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<DepthToSpaceMode> for DepthToSpaceMode {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<DepthToSpaceMode> for DepthToSpaceMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> DepthToSpaceMode {
*self
}
}
impl ::planus::WriteAsDefault<DepthToSpaceMode, DepthToSpaceMode> for DepthToSpaceMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &DepthToSpaceMode) -> ::core::option::Option<DepthToSpaceMode> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<DepthToSpaceMode> for DepthToSpaceMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<DepthToSpaceMode> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for DepthToSpaceMode {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for DepthToSpaceMode {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"DepthToSpaceMode",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<DepthToSpaceMode> for DepthToSpaceMode {
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
pub struct DepthSpaceParam{
pub block_size: i32,
pub mode: self::DepthToSpaceMode,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for DepthSpaceParam {
fn default() -> Self {
Self {
block_size: 0,
mode: self::DepthToSpaceMode::Dcr,
}
}
}
impl DepthSpaceParam {
#[inline]
pub fn builder() -> DepthSpaceParamBuilder<()> {
DepthSpaceParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_block_size: impl ::planus::WriteAsDefault<i32, i32>,
field_mode: impl ::planus::WriteAsDefault<self::DepthToSpaceMode, self::DepthToSpaceMode>,
) -> ::planus::Offset<Self> {let prepared_block_size = field_block_size.prepare(builder, &0);let prepared_mode = field_mode.prepare(builder, &self::DepthToSpaceMode::Dcr);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_block_size.is_some() {table_writer.write_entry::<i32>(0);}if prepared_mode.is_some() {table_writer.write_entry::<self::DepthToSpaceMode>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_block_size) = prepared_block_size {object_writer.write::<_, _, 4>(&prepared_block_size);}if let ::core::option::Option::Some(prepared_mode) = prepared_mode {object_writer.write::<_, _, 1>(&prepared_mode);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<DepthSpaceParam>> for DepthSpaceParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DepthSpaceParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<DepthSpaceParam>> for DepthSpaceParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<DepthSpaceParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<DepthSpaceParam> for DepthSpaceParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DepthSpaceParam> {
DepthSpaceParam::create(
builder,
self.block_size,
self.mode,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct DepthSpaceParamBuilder<State>(State);
impl<
> DepthSpaceParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn block_size<T0>(self, value: T0) -> DepthSpaceParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
DepthSpaceParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn block_size_as_default(self) -> DepthSpaceParamBuilder<(
::planus::DefaultValue,
)>
{
self.block_size(::planus::DefaultValue)
}
}
impl<
T0,
> DepthSpaceParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode<T1>(self, value: T1) -> DepthSpaceParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::DepthToSpaceMode, self::DepthToSpaceMode>
{
let (
v0,
) = self.0;DepthSpaceParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode_as_default(self) -> DepthSpaceParamBuilder<(
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
> DepthSpaceParamBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<DepthSpaceParam>
where Self: ::planus::WriteAsOffset<DepthSpaceParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<self::DepthToSpaceMode, self::DepthToSpaceMode>,
> ::planus::WriteAs<::planus::Offset<DepthSpaceParam>> for DepthSpaceParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<DepthSpaceParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DepthSpaceParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<self::DepthToSpaceMode, self::DepthToSpaceMode>,
> ::planus::WriteAsOptional<::planus::Offset<DepthSpaceParam>> for DepthSpaceParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<DepthSpaceParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<DepthSpaceParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<self::DepthToSpaceMode, self::DepthToSpaceMode>,
> ::planus::WriteAsOffset<DepthSpaceParam> for DepthSpaceParamBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DepthSpaceParam> {
let (
v0,
v1,
) = &self.0;DepthSpaceParam::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct DepthSpaceParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> DepthSpaceParamRef<'a> {
#[inline]
pub fn block_size(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "DepthSpaceParam", "block_size")
?.unwrap_or(0))
}
#[inline]
pub fn mode(&self) -> ::planus::Result<self::DepthToSpaceMode> {
::core::result::Result::Ok(
self.0.access(1, "DepthSpaceParam", "mode")
?.unwrap_or(self::DepthToSpaceMode::Dcr))
}
}
impl<'a> ::core::fmt::Debug for DepthSpaceParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("DepthSpaceParamRef");
f.field("block_size", &self.block_size());f.field("mode", &self.mode());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<DepthSpaceParamRef<'a>> for DepthSpaceParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: DepthSpaceParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
block_size: ::core::convert::TryInto::try_into(value.block_size()?)?,mode: ::core::convert::TryInto::try_into(value.mode()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for DepthSpaceParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for DepthSpaceParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[DepthSpaceParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<DepthSpaceParam>> for DepthSpaceParam {
type Value = ::planus::Offset<DepthSpaceParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<DepthSpaceParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for DepthSpaceParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[DepthSpaceParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct ReverseSequenceParam{
pub batch_dim: i32,
pub seq_dim: i32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ReverseSequenceParam {
fn default() -> Self {
Self {
batch_dim: 0,
seq_dim: 0,
}
}
}
impl ReverseSequenceParam {
#[inline]
pub fn builder() -> ReverseSequenceParamBuilder<()> {
ReverseSequenceParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_batch_dim: impl ::planus::WriteAsDefault<i32, i32>,
field_seq_dim: impl ::planus::WriteAsDefault<i32, i32>,
) -> ::planus::Offset<Self> {let prepared_batch_dim = field_batch_dim.prepare(builder, &0);let prepared_seq_dim = field_seq_dim.prepare(builder, &0);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_batch_dim.is_some() {table_writer.write_entry::<i32>(0);}if prepared_seq_dim.is_some() {table_writer.write_entry::<i32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_batch_dim) = prepared_batch_dim {object_writer.write::<_, _, 4>(&prepared_batch_dim);}if let ::core::option::Option::Some(prepared_seq_dim) = prepared_seq_dim {object_writer.write::<_, _, 4>(&prepared_seq_dim);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ReverseSequenceParam>> for ReverseSequenceParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReverseSequenceParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ReverseSequenceParam>> for ReverseSequenceParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ReverseSequenceParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ReverseSequenceParam> for ReverseSequenceParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReverseSequenceParam> {
ReverseSequenceParam::create(
builder,
self.batch_dim,
self.seq_dim,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ReverseSequenceParamBuilder<State>(State);
impl<
> ReverseSequenceParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn batch_dim<T0>(self, value: T0) -> ReverseSequenceParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
ReverseSequenceParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn batch_dim_as_default(self) -> ReverseSequenceParamBuilder<(
::planus::DefaultValue,
)>
{
self.batch_dim(::planus::DefaultValue)
}
}
impl<
T0,
> ReverseSequenceParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn seq_dim<T1>(self, value: T1) -> ReverseSequenceParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;ReverseSequenceParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn seq_dim_as_default(self) -> ReverseSequenceParamBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.seq_dim(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> ReverseSequenceParamBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReverseSequenceParam>
where Self: ::planus::WriteAsOffset<ReverseSequenceParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAs<::planus::Offset<ReverseSequenceParam>> for ReverseSequenceParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<ReverseSequenceParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReverseSequenceParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOptional<::planus::Offset<ReverseSequenceParam>> for ReverseSequenceParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<ReverseSequenceParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ReverseSequenceParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
> ::planus::WriteAsOffset<ReverseSequenceParam> for ReverseSequenceParamBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ReverseSequenceParam> {
let (
v0,
v1,
) = &self.0;ReverseSequenceParam::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct ReverseSequenceParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ReverseSequenceParamRef<'a> {
#[inline]
pub fn batch_dim(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "ReverseSequenceParam", "batch_dim")
?.unwrap_or(0))
}
#[inline]
pub fn seq_dim(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "ReverseSequenceParam", "seq_dim")
?.unwrap_or(0))
}
}
impl<'a> ::core::fmt::Debug for ReverseSequenceParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ReverseSequenceParamRef");
f.field("batch_dim", &self.batch_dim());f.field("seq_dim", &self.seq_dim());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ReverseSequenceParamRef<'a>> for ReverseSequenceParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ReverseSequenceParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
batch_dim: ::core::convert::TryInto::try_into(value.batch_dim()?)?,seq_dim: ::core::convert::TryInto::try_into(value.seq_dim()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for ReverseSequenceParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ReverseSequenceParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ReverseSequenceParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ReverseSequenceParam>> for ReverseSequenceParam {
type Value = ::planus::Offset<ReverseSequenceParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ReverseSequenceParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for ReverseSequenceParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ReverseSequenceParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct OneHotParam{
pub d_type: self::DataType,
pub axis: ::core::option::Option<i32>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for OneHotParam {
fn default() -> Self {
Self {
d_type: self::DataType::DtFloat,
axis: ::core::default::Default::default(),
}
}
}
impl OneHotParam {
#[inline]
pub fn builder() -> OneHotParamBuilder<()> {
OneHotParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_d_type: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_axis: impl ::planus::WriteAsOptional<i32>,
) -> ::planus::Offset<Self> {let prepared_d_type = field_d_type.prepare(builder, &self::DataType::DtFloat);let prepared_axis = field_axis.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_d_type.is_some() {table_writer.write_entry::<self::DataType>(0);}if prepared_axis.is_some() {table_writer.write_entry::<i32>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_d_type) = prepared_d_type {object_writer.write::<_, _, 4>(&prepared_d_type);}if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<OneHotParam>> for OneHotParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<OneHotParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<OneHotParam>> for OneHotParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<OneHotParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<OneHotParam> for OneHotParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<OneHotParam> {
OneHotParam::create(
builder,
self.d_type,
self.axis,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct OneHotParamBuilder<State>(State);
impl<
> OneHotParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn d_type<T0>(self, value: T0) -> OneHotParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::DataType, self::DataType>
{
OneHotParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn d_type_as_default(self) -> OneHotParamBuilder<(
::planus::DefaultValue,
)>
{
self.d_type(::planus::DefaultValue)
}
}
impl<
T0,
> OneHotParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T1>(self, value: T1) -> OneHotParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<i32>
{
let (
v0,
) = self.0;OneHotParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_null(self) -> OneHotParamBuilder<(
T0,
(),
)>
{
self.axis(())
}
}
impl<
T0,
T1,
> OneHotParamBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<OneHotParam>
where Self: ::planus::WriteAsOffset<OneHotParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsOptional<i32>,
> ::planus::WriteAs<::planus::Offset<OneHotParam>> for OneHotParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<OneHotParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<OneHotParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsOptional<i32>,
> ::planus::WriteAsOptional<::planus::Offset<OneHotParam>> for OneHotParamBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<OneHotParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<OneHotParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T1: ::planus::WriteAsOptional<i32>,
> ::planus::WriteAsOffset<OneHotParam> for OneHotParamBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<OneHotParam> {
let (
v0,
v1,
) = &self.0;OneHotParam::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct OneHotParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> OneHotParamRef<'a> {
#[inline]
pub fn d_type(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(0, "OneHotParam", "d_type")
?.unwrap_or(self::DataType::DtFloat))
}
#[inline]
pub fn axis(&self) -> ::planus::Result<::core::option::Option<i32>> {
self.0.access(1, "OneHotParam", "axis")
}
}
impl<'a> ::core::fmt::Debug for OneHotParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("OneHotParamRef");
f.field("d_type", &self.d_type());if let ::core::option::Option::Some(field_axis) = self.axis().transpose() {
f.field("axis", &field_axis);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<OneHotParamRef<'a>> for OneHotParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: OneHotParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
d_type: ::core::convert::TryInto::try_into(value.d_type()?)?,axis:
if let ::core::option::Option::Some(axis) = value.axis()? {
::core::option::Option::Some(::core::convert::TryInto::try_into(axis)?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for OneHotParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for OneHotParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[OneHotParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<OneHotParam>> for OneHotParam {
type Value = ::planus::Offset<OneHotParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<OneHotParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for OneHotParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[OneHotParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Pool3D{
pub strides: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub kernels: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub pads: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub type_: self::PoolType,
pub pad_type: self::PoolPadType,
pub is_global: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Pool3D {
fn default() -> Self {
Self {
strides: ::core::default::Default::default(),
kernels: ::core::default::Default::default(),
pads: ::core::default::Default::default(),
type_: self::PoolType::Maxpool,
pad_type: self::PoolPadType::Caffe,
is_global: false,
}
}
}
impl Pool3D {
#[inline]
pub fn builder() -> Pool3DBuilder<()> {
Pool3DBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_strides: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_kernels: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_pads: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_type_: impl ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
field_pad_type: impl ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
field_is_global: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_strides = field_strides.prepare(builder);let prepared_kernels = field_kernels.prepare(builder);let prepared_pads = field_pads.prepare(builder);let prepared_type_ = field_type_.prepare(builder, &self::PoolType::Maxpool);let prepared_pad_type = field_pad_type.prepare(builder, &self::PoolPadType::Caffe);let prepared_is_global = field_is_global.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<16> = ::core::default::Default::default();
if prepared_strides.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_kernels.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_pads.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(2);}if prepared_type_.is_some() {table_writer.write_entry::<self::PoolType>(3);}if prepared_pad_type.is_some() {table_writer.write_entry::<self::PoolPadType>(4);}if prepared_is_global.is_some() {table_writer.write_entry::<bool>(5);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_strides) = prepared_strides {object_writer.write::<_, _, 4>(&prepared_strides);}if let ::core::option::Option::Some(prepared_kernels) = prepared_kernels {object_writer.write::<_, _, 4>(&prepared_kernels);}if let ::core::option::Option::Some(prepared_pads) = prepared_pads {object_writer.write::<_, _, 4>(&prepared_pads);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 1>(&prepared_type_);}if let ::core::option::Option::Some(prepared_pad_type) = prepared_pad_type {object_writer.write::<_, _, 1>(&prepared_pad_type);}if let ::core::option::Option::Some(prepared_is_global) = prepared_is_global {object_writer.write::<_, _, 1>(&prepared_is_global);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Pool3D>> for Pool3D {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool3D> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Pool3D>> for Pool3D {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Pool3D>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Pool3D> for Pool3D {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool3D> {
Pool3D::create(
builder,
&self.strides,
&self.kernels,
&self.pads,
self.type_,
self.pad_type,
self.is_global,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct Pool3DBuilder<State>(State);
impl<
> Pool3DBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn strides<T0>(self, value: T0) -> Pool3DBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
Pool3DBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn strides_as_null(self) -> Pool3DBuilder<(
(),
)>
{
self.strides(())
}
}
impl<
T0,
> Pool3DBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernels<T1>(self, value: T1) -> Pool3DBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;Pool3DBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernels_as_null(self) -> Pool3DBuilder<(
T0,
(),
)>
{
self.kernels(())
}
}
impl<
T0,
T1,
> Pool3DBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pads<T2>(self, value: T2) -> Pool3DBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
) = self.0;Pool3DBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pads_as_null(self) -> Pool3DBuilder<(
T0,
T1,
(),
)>
{
self.pads(())
}
}
impl<
T0,
T1,
T2,
> Pool3DBuilder
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
pub fn type_<T3>(self, value: T3) -> Pool3DBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsDefault<self::PoolType, self::PoolType>
{
let (
v0,
v1,
v2,
) = self.0;Pool3DBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> Pool3DBuilder<(
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
> Pool3DBuilder
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
pub fn pad_type<T4>(self, value: T4) -> Pool3DBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>
{
let (
v0,
v1,
v2,
v3,
) = self.0;Pool3DBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_type_as_default(self) -> Pool3DBuilder<(
T0,
T1,
T2,
T3,
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
> Pool3DBuilder
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
pub fn is_global<T5>(self, value: T5) -> Pool3DBuilder<(
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
) = self.0;Pool3DBuilder((
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
pub fn is_global_as_default(self) -> Pool3DBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.is_global(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> Pool3DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool3D>
where Self: ::planus::WriteAsOffset<Pool3D>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T4: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T5: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<Pool3D>> for Pool3DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<Pool3D>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool3D> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T4: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T5: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<Pool3D>> for Pool3DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
type Prepared = ::planus::Offset<Pool3D>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Pool3D>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T4: ::planus::WriteAsDefault<self::PoolPadType, self::PoolPadType>,
T5: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<Pool3D> for Pool3DBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Pool3D> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = &self.0;Pool3D::create(
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
pub struct Pool3DRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> Pool3DRef<'a> {
#[inline]
pub fn strides(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "Pool3D", "strides")
}
#[inline]
pub fn kernels(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "Pool3D", "kernels")
}
#[inline]
pub fn pads(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(2, "Pool3D", "pads")
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::PoolType> {
::core::result::Result::Ok(
self.0.access(3, "Pool3D", "type_")
?.unwrap_or(self::PoolType::Maxpool))
}
#[inline]
pub fn pad_type(&self) -> ::planus::Result<self::PoolPadType> {
::core::result::Result::Ok(
self.0.access(4, "Pool3D", "pad_type")
?.unwrap_or(self::PoolPadType::Caffe))
}
#[inline]
pub fn is_global(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(5, "Pool3D", "is_global")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for Pool3DRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("Pool3DRef");
if let ::core::option::Option::Some(field_strides) = self.strides().transpose() {
f.field("strides", &field_strides);
}if let ::core::option::Option::Some(field_kernels) = self.kernels().transpose() {
f.field("kernels", &field_kernels);
}if let ::core::option::Option::Some(field_pads) = self.pads().transpose() {
f.field("pads", &field_pads);
}f.field("type_", &self.type_());f.field("pad_type", &self.pad_type());f.field("is_global", &self.is_global());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<Pool3DRef<'a>> for Pool3D {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: Pool3DRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
strides:
if let ::core::option::Option::Some(strides) = value.strides()? {
::core::option::Option::Some(strides.to_vec()?)
} else {
::core::option::Option::None
}
,kernels:
if let ::core::option::Option::Some(kernels) = value.kernels()? {
::core::option::Option::Some(kernels.to_vec()?)
} else {
::core::option::Option::None
}
,pads:
if let ::core::option::Option::Some(pads) = value.pads()? {
::core::option::Option::Some(pads.to_vec()?)
} else {
::core::option::Option::None
}
,type_: ::core::convert::TryInto::try_into(value.type_()?)?,pad_type: ::core::convert::TryInto::try_into(value.pad_type()?)?,is_global: ::core::convert::TryInto::try_into(value.is_global()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for Pool3DRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for Pool3DRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[Pool3DRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Pool3D>> for Pool3D {
type Value = ::planus::Offset<Pool3D>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Pool3D>],
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
impl<'a> ::planus::ReadAsRoot<'a> for Pool3DRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[Pool3DRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Convolution3DCommon{
pub dilates: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub strides: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub kernels: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub pads: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub pad_mode: self::PadMode,
pub input_count: i32,
pub output_count: i32,
pub relu: bool,
pub relu6: bool,
pub group: i32,
pub out_pads: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub has_output_shape: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Convolution3DCommon {
fn default() -> Self {
Self {
dilates: ::core::default::Default::default(),
strides: ::core::default::Default::default(),
kernels: ::core::default::Default::default(),
pads: ::core::default::Default::default(),
pad_mode: self::PadMode::Caffe,
input_count: 0,
output_count: 0,
relu: false,
relu6: false,
group: 1,
out_pads: ::core::default::Default::default(),
has_output_shape: false,
}
}
}
impl Convolution3DCommon {
#[inline]
pub fn builder() -> Convolution3DCommonBuilder<()> {
Convolution3DCommonBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_dilates: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_strides: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_kernels: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_pads: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_pad_mode: impl ::planus::WriteAsDefault<self::PadMode, self::PadMode>,
field_input_count: impl ::planus::WriteAsDefault<i32, i32>,
field_output_count: impl ::planus::WriteAsDefault<i32, i32>,
field_relu: impl ::planus::WriteAsDefault<bool, bool>,
field_relu6: impl ::planus::WriteAsDefault<bool, bool>,
field_group: impl ::planus::WriteAsDefault<i32, i32>,
field_out_pads: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_has_output_shape: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_dilates = field_dilates.prepare(builder);let prepared_strides = field_strides.prepare(builder);let prepared_kernels = field_kernels.prepare(builder);let prepared_pads = field_pads.prepare(builder);let prepared_pad_mode = field_pad_mode.prepare(builder, &self::PadMode::Caffe);let prepared_input_count = field_input_count.prepare(builder, &0);let prepared_output_count = field_output_count.prepare(builder, &0);let prepared_relu = field_relu.prepare(builder, &false);let prepared_relu6 = field_relu6.prepare(builder, &false);let prepared_group = field_group.prepare(builder, &1);let prepared_out_pads = field_out_pads.prepare(builder);let prepared_has_output_shape = field_has_output_shape.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<28> = ::core::default::Default::default();
if prepared_dilates.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(0);}if prepared_strides.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_kernels.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(2);}if prepared_pads.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(3);}if prepared_input_count.is_some() {table_writer.write_entry::<i32>(5);}if prepared_output_count.is_some() {table_writer.write_entry::<i32>(6);}if prepared_group.is_some() {table_writer.write_entry::<i32>(9);}if prepared_out_pads.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(10);}if prepared_pad_mode.is_some() {table_writer.write_entry::<self::PadMode>(4);}if prepared_relu.is_some() {table_writer.write_entry::<bool>(7);}if prepared_relu6.is_some() {table_writer.write_entry::<bool>(8);}if prepared_has_output_shape.is_some() {table_writer.write_entry::<bool>(11);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_dilates) = prepared_dilates {object_writer.write::<_, _, 4>(&prepared_dilates);}if let ::core::option::Option::Some(prepared_strides) = prepared_strides {object_writer.write::<_, _, 4>(&prepared_strides);}if let ::core::option::Option::Some(prepared_kernels) = prepared_kernels {object_writer.write::<_, _, 4>(&prepared_kernels);}if let ::core::option::Option::Some(prepared_pads) = prepared_pads {object_writer.write::<_, _, 4>(&prepared_pads);}if let ::core::option::Option::Some(prepared_input_count) = prepared_input_count {object_writer.write::<_, _, 4>(&prepared_input_count);}if let ::core::option::Option::Some(prepared_output_count) = prepared_output_count {object_writer.write::<_, _, 4>(&prepared_output_count);}if let ::core::option::Option::Some(prepared_group) = prepared_group {object_writer.write::<_, _, 4>(&prepared_group);}if let ::core::option::Option::Some(prepared_out_pads) = prepared_out_pads {object_writer.write::<_, _, 4>(&prepared_out_pads);}if let ::core::option::Option::Some(prepared_pad_mode) = prepared_pad_mode {object_writer.write::<_, _, 1>(&prepared_pad_mode);}if let ::core::option::Option::Some(prepared_relu) = prepared_relu {object_writer.write::<_, _, 1>(&prepared_relu);}if let ::core::option::Option::Some(prepared_relu6) = prepared_relu6 {object_writer.write::<_, _, 1>(&prepared_relu6);}if let ::core::option::Option::Some(prepared_has_output_shape) = prepared_has_output_shape {object_writer.write::<_, _, 1>(&prepared_has_output_shape);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Convolution3DCommon>> for Convolution3DCommon {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3DCommon> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Convolution3DCommon>> for Convolution3DCommon {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Convolution3DCommon>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Convolution3DCommon> for Convolution3DCommon {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3DCommon> {
Convolution3DCommon::create(
builder,
&self.dilates,
&self.strides,
&self.kernels,
&self.pads,
self.pad_mode,
self.input_count,
self.output_count,
self.relu,
self.relu6,
self.group,
&self.out_pads,
self.has_output_shape,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct Convolution3DCommonBuilder<State>(State);
impl<
> Convolution3DCommonBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dilates<T0>(self, value: T0) -> Convolution3DCommonBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
Convolution3DCommonBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dilates_as_null(self) -> Convolution3DCommonBuilder<(
(),
)>
{
self.dilates(())
}
}
impl<
T0,
> Convolution3DCommonBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn strides<T1>(self, value: T1) -> Convolution3DCommonBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;Convolution3DCommonBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn strides_as_null(self) -> Convolution3DCommonBuilder<(
T0,
(),
)>
{
self.strides(())
}
}
impl<
T0,
T1,
> Convolution3DCommonBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernels<T2>(self, value: T2) -> Convolution3DCommonBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
) = self.0;Convolution3DCommonBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn kernels_as_null(self) -> Convolution3DCommonBuilder<(
T0,
T1,
(),
)>
{
self.kernels(())
}
}
impl<
T0,
T1,
T2,
> Convolution3DCommonBuilder
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
pub fn pads<T3>(self, value: T3) -> Convolution3DCommonBuilder<(
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
) = self.0;Convolution3DCommonBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pads_as_null(self) -> Convolution3DCommonBuilder<(
T0,
T1,
T2,
(),
)>
{
self.pads(())
}
}
impl<
T0,
T1,
T2,
T3,
> Convolution3DCommonBuilder
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
pub fn pad_mode<T4>(self, value: T4) -> Convolution3DCommonBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsDefault<self::PadMode, self::PadMode>
{
let (
v0,
v1,
v2,
v3,
) = self.0;Convolution3DCommonBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pad_mode_as_default(self) -> Convolution3DCommonBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.pad_mode(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> Convolution3DCommonBuilder
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
pub fn input_count<T5>(self, value: T5) -> Convolution3DCommonBuilder<(
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
) = self.0;Convolution3DCommonBuilder((
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
pub fn input_count_as_default(self) -> Convolution3DCommonBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.input_count(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> Convolution3DCommonBuilder
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
pub fn output_count<T6>(self, value: T6) -> Convolution3DCommonBuilder<(
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
) = self.0;Convolution3DCommonBuilder((
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
pub fn output_count_as_default(self) -> Convolution3DCommonBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.output_count(::planus::DefaultValue)
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
> Convolution3DCommonBuilder
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
pub fn relu<T7>(self, value: T7) -> Convolution3DCommonBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;Convolution3DCommonBuilder((
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
pub fn relu_as_default(self) -> Convolution3DCommonBuilder<(
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
self.relu(::planus::DefaultValue)
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
> Convolution3DCommonBuilder
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
pub fn relu6<T8>(self, value: T8) -> Convolution3DCommonBuilder<(
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
where T8: ::planus::WriteAsDefault<bool, bool>
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
) = self.0;Convolution3DCommonBuilder((
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
pub fn relu6_as_default(self) -> Convolution3DCommonBuilder<(
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
self.relu6(::planus::DefaultValue)
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
> Convolution3DCommonBuilder
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
pub fn group<T9>(self, value: T9) -> Convolution3DCommonBuilder<(
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
) = self.0;Convolution3DCommonBuilder((
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
pub fn group_as_default(self) -> Convolution3DCommonBuilder<(
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
self.group(::planus::DefaultValue)
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
> Convolution3DCommonBuilder
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
pub fn out_pads<T10>(self, value: T10) -> Convolution3DCommonBuilder<(
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
where T10: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
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
) = self.0;Convolution3DCommonBuilder((
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
pub fn out_pads_as_null(self) -> Convolution3DCommonBuilder<(
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
self.out_pads(())
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
> Convolution3DCommonBuilder
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
pub fn has_output_shape<T11>(self, value: T11) -> Convolution3DCommonBuilder<(
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
where T11: ::planus::WriteAsDefault<bool, bool>
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
) = self.0;Convolution3DCommonBuilder((
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
pub fn has_output_shape_as_default(self) -> Convolution3DCommonBuilder<(
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
::planus::DefaultValue,
)>
{
self.has_output_shape(::planus::DefaultValue)
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
> Convolution3DCommonBuilder<(
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
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3DCommon>
where Self: ::planus::WriteAsOffset<Convolution3DCommon>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsDefault<self::PadMode, self::PadMode>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<bool, bool>,
T8: ::planus::WriteAsDefault<bool, bool>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T11: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<Convolution3DCommon>> for Convolution3DCommonBuilder<(
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
type Prepared = ::planus::Offset<Convolution3DCommon>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3DCommon> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsDefault<self::PadMode, self::PadMode>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<bool, bool>,
T8: ::planus::WriteAsDefault<bool, bool>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T11: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<Convolution3DCommon>> for Convolution3DCommonBuilder<(
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
type Prepared = ::planus::Offset<Convolution3DCommon>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Convolution3DCommon>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsDefault<self::PadMode, self::PadMode>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<bool, bool>,
T8: ::planus::WriteAsDefault<bool, bool>,
T9: ::planus::WriteAsDefault<i32, i32>,
T10: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T11: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<Convolution3DCommon> for Convolution3DCommonBuilder<(
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
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3DCommon> {
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
) = &self.0;Convolution3DCommon::create(
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
pub struct Convolution3DCommonRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> Convolution3DCommonRef<'a> {
#[inline]
pub fn dilates(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(0, "Convolution3DCommon", "dilates")
}
#[inline]
pub fn strides(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "Convolution3DCommon", "strides")
}
#[inline]
pub fn kernels(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(2, "Convolution3DCommon", "kernels")
}
#[inline]
pub fn pads(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(3, "Convolution3DCommon", "pads")
}
#[inline]
pub fn pad_mode(&self) -> ::planus::Result<self::PadMode> {
::core::result::Result::Ok(
self.0.access(4, "Convolution3DCommon", "pad_mode")
?.unwrap_or(self::PadMode::Caffe))
}
#[inline]
pub fn input_count(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "Convolution3DCommon", "input_count")
?.unwrap_or(0))
}
#[inline]
pub fn output_count(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "Convolution3DCommon", "output_count")
?.unwrap_or(0))
}
#[inline]
pub fn relu(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(7, "Convolution3DCommon", "relu")
?.unwrap_or(false))
}
#[inline]
pub fn relu6(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(8, "Convolution3DCommon", "relu6")
?.unwrap_or(false))
}
#[inline]
pub fn group(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(9, "Convolution3DCommon", "group")
?.unwrap_or(1))
}
#[inline]
pub fn out_pads(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(10, "Convolution3DCommon", "out_pads")
}
#[inline]
pub fn has_output_shape(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(11, "Convolution3DCommon", "has_output_shape")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for Convolution3DCommonRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("Convolution3DCommonRef");
if let ::core::option::Option::Some(field_dilates) = self.dilates().transpose() {
f.field("dilates", &field_dilates);
}if let ::core::option::Option::Some(field_strides) = self.strides().transpose() {
f.field("strides", &field_strides);
}if let ::core::option::Option::Some(field_kernels) = self.kernels().transpose() {
f.field("kernels", &field_kernels);
}if let ::core::option::Option::Some(field_pads) = self.pads().transpose() {
f.field("pads", &field_pads);
}f.field("pad_mode", &self.pad_mode());f.field("input_count", &self.input_count());f.field("output_count", &self.output_count());f.field("relu", &self.relu());f.field("relu6", &self.relu6());f.field("group", &self.group());if let ::core::option::Option::Some(field_out_pads) = self.out_pads().transpose() {
f.field("out_pads", &field_out_pads);
}f.field("has_output_shape", &self.has_output_shape());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<Convolution3DCommonRef<'a>> for Convolution3DCommon {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: Convolution3DCommonRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
dilates:
if let ::core::option::Option::Some(dilates) = value.dilates()? {
::core::option::Option::Some(dilates.to_vec()?)
} else {
::core::option::Option::None
}
,strides:
if let ::core::option::Option::Some(strides) = value.strides()? {
::core::option::Option::Some(strides.to_vec()?)
} else {
::core::option::Option::None
}
,kernels:
if let ::core::option::Option::Some(kernels) = value.kernels()? {
::core::option::Option::Some(kernels.to_vec()?)
} else {
::core::option::Option::None
}
,pads:
if let ::core::option::Option::Some(pads) = value.pads()? {
::core::option::Option::Some(pads.to_vec()?)
} else {
::core::option::Option::None
}
,pad_mode: ::core::convert::TryInto::try_into(value.pad_mode()?)?,input_count: ::core::convert::TryInto::try_into(value.input_count()?)?,output_count: ::core::convert::TryInto::try_into(value.output_count()?)?,relu: ::core::convert::TryInto::try_into(value.relu()?)?,relu6: ::core::convert::TryInto::try_into(value.relu6()?)?,group: ::core::convert::TryInto::try_into(value.group()?)?,out_pads:
if let ::core::option::Option::Some(out_pads) = value.out_pads()? {
::core::option::Option::Some(out_pads.to_vec()?)
} else {
::core::option::Option::None
}
,has_output_shape: ::core::convert::TryInto::try_into(value.has_output_shape()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for Convolution3DCommonRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for Convolution3DCommonRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[Convolution3DCommonRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Convolution3DCommon>> for Convolution3DCommon {
type Value = ::planus::Offset<Convolution3DCommon>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Convolution3DCommon>],
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
impl<'a> ::planus::ReadAsRoot<'a> for Convolution3DCommonRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[Convolution3DCommonRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Convolution3D{
pub common: ::core::option::Option<::planus::alloc::boxed::Box<self::Convolution3DCommon>>,
pub weight: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub bias: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub external: ::core::option::Option<::planus::alloc::vec::Vec<i64>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Convolution3D {
fn default() -> Self {
Self {
common: ::core::default::Default::default(),
weight: ::core::default::Default::default(),
bias: ::core::default::Default::default(),
external: ::core::default::Default::default(),
}
}
}
impl Convolution3D {
#[inline]
pub fn builder() -> Convolution3DBuilder<()> {
Convolution3DBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_common: impl ::planus::WriteAsOptional<::planus::Offset<self::Convolution3DCommon>>,
field_weight: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_bias: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_external: impl ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
) -> ::planus::Offset<Self> {let prepared_common = field_common.prepare(builder);let prepared_weight = field_weight.prepare(builder);let prepared_bias = field_bias.prepare(builder);let prepared_external = field_external.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_common.is_some() {table_writer.write_entry::<::planus::Offset<self::Convolution3DCommon>>(0);}if prepared_weight.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(1);}if prepared_bias.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_external.is_some() {table_writer.write_entry::<::planus::Offset<[i64]>>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_common) = prepared_common {object_writer.write::<_, _, 4>(&prepared_common);}if let ::core::option::Option::Some(prepared_weight) = prepared_weight {object_writer.write::<_, _, 4>(&prepared_weight);}if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}if let ::core::option::Option::Some(prepared_external) = prepared_external {object_writer.write::<_, _, 4>(&prepared_external);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Convolution3D>> for Convolution3D {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3D> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Convolution3D>> for Convolution3D {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Convolution3D>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Convolution3D> for Convolution3D {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3D> {
Convolution3D::create(
builder,
&self.common,
&self.weight,
&self.bias,
&self.external,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct Convolution3DBuilder<State>(State);
impl<
> Convolution3DBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn common<T0>(self, value: T0) -> Convolution3DBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<self::Convolution3DCommon>>
{
Convolution3DBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn common_as_null(self) -> Convolution3DBuilder<(
(),
)>
{
self.common(())
}
}
impl<
T0,
> Convolution3DBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight<T1>(self, value: T1) -> Convolution3DBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
) = self.0;Convolution3DBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_as_null(self) -> Convolution3DBuilder<(
T0,
(),
)>
{
self.weight(())
}
}
impl<
T0,
T1,
> Convolution3DBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias<T2>(self, value: T2) -> Convolution3DBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;Convolution3DBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_as_null(self) -> Convolution3DBuilder<(
T0,
T1,
(),
)>
{
self.bias(())
}
}
impl<
T0,
T1,
T2,
> Convolution3DBuilder
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
pub fn external<T3>(self, value: T3) -> Convolution3DBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[i64]>>
{
let (
v0,
v1,
v2,
) = self.0;Convolution3DBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn external_as_null(self) -> Convolution3DBuilder<(
T0,
T1,
T2,
(),
)>
{
self.external(())
}
}
impl<
T0,
T1,
T2,
T3,
> Convolution3DBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3D>
where Self: ::planus::WriteAsOffset<Convolution3D>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Convolution3DCommon>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAs<::planus::Offset<Convolution3D>> for Convolution3DBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Convolution3D>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3D> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Convolution3DCommon>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOptional<::planus::Offset<Convolution3D>> for Convolution3DBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<Convolution3D>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Convolution3D>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Convolution3DCommon>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOffset<Convolution3D> for Convolution3DBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Convolution3D> {
let (
v0,
v1,
v2,
v3,
) = &self.0;Convolution3D::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct Convolution3DRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> Convolution3DRef<'a> {
#[inline]
pub fn common(&self) -> ::planus::Result<::core::option::Option<self::Convolution3DCommonRef<'a>>> {
self.0.access(0, "Convolution3D", "common")
}
#[inline]
pub fn weight(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(1, "Convolution3D", "weight")
}
#[inline]
pub fn bias(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "Convolution3D", "bias")
}
#[inline]
pub fn external(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i64>>> {
self.0.access(3, "Convolution3D", "external")
}
}
impl<'a> ::core::fmt::Debug for Convolution3DRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("Convolution3DRef");
if let ::core::option::Option::Some(field_common) = self.common().transpose() {
f.field("common", &field_common);
}if let ::core::option::Option::Some(field_weight) = self.weight().transpose() {
f.field("weight", &field_weight);
}if let ::core::option::Option::Some(field_bias) = self.bias().transpose() {
f.field("bias", &field_bias);
}if let ::core::option::Option::Some(field_external) = self.external().transpose() {
f.field("external", &field_external);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<Convolution3DRef<'a>> for Convolution3D {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: Convolution3DRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
common:
if let ::core::option::Option::Some(common) = value.common()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(common)?))
} else {
::core::option::Option::None
}
,weight:
if let ::core::option::Option::Some(weight) = value.weight()? {
::core::option::Option::Some(weight.to_vec()?)
} else {
::core::option::Option::None
}
,bias:
if let ::core::option::Option::Some(bias) = value.bias()? {
::core::option::Option::Some(bias.to_vec()?)
} else {
::core::option::Option::None
}
,external:
if let ::core::option::Option::Some(external) = value.external()? {
::core::option::Option::Some(external.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for Convolution3DRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for Convolution3DRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[Convolution3DRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Convolution3D>> for Convolution3D {
type Value = ::planus::Offset<Convolution3D>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Convolution3D>],
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
impl<'a> ::planus::ReadAsRoot<'a> for Convolution3DRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[Convolution3DRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct RoiParameters{
pub pooled_width: i32,
pub pooled_height: i32,
pub spatial_scale: f32,
pub sampling_ratio: ::core::option::Option<i32>,
pub aligned: bool,
pub pool_type: self::PoolType,
pub output_grad: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for RoiParameters {
fn default() -> Self {
Self {
pooled_width: 0,
pooled_height: 0,
spatial_scale: 0.0,
sampling_ratio: ::core::default::Default::default(),
aligned: false,
pool_type: self::PoolType::Avepool,
output_grad: false,
}
}
}
impl RoiParameters {
#[inline]
pub fn builder() -> RoiParametersBuilder<()> {
RoiParametersBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_pooled_width: impl ::planus::WriteAsDefault<i32, i32>,
field_pooled_height: impl ::planus::WriteAsDefault<i32, i32>,
field_spatial_scale: impl ::planus::WriteAsDefault<f32, f32>,
field_sampling_ratio: impl ::planus::WriteAsOptional<i32>,
field_aligned: impl ::planus::WriteAsDefault<bool, bool>,
field_pool_type: impl ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
field_output_grad: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_pooled_width = field_pooled_width.prepare(builder, &0);let prepared_pooled_height = field_pooled_height.prepare(builder, &0);let prepared_spatial_scale = field_spatial_scale.prepare(builder, &0.0);let prepared_sampling_ratio = field_sampling_ratio.prepare(builder);let prepared_aligned = field_aligned.prepare(builder, &false);let prepared_pool_type = field_pool_type.prepare(builder, &self::PoolType::Avepool);let prepared_output_grad = field_output_grad.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<18> = ::core::default::Default::default();
if prepared_pooled_width.is_some() {table_writer.write_entry::<i32>(0);}if prepared_pooled_height.is_some() {table_writer.write_entry::<i32>(1);}if prepared_spatial_scale.is_some() {table_writer.write_entry::<f32>(2);}if prepared_sampling_ratio.is_some() {table_writer.write_entry::<i32>(3);}if prepared_aligned.is_some() {table_writer.write_entry::<bool>(4);}if prepared_pool_type.is_some() {table_writer.write_entry::<self::PoolType>(5);}if prepared_output_grad.is_some() {table_writer.write_entry::<bool>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_pooled_width) = prepared_pooled_width {object_writer.write::<_, _, 4>(&prepared_pooled_width);}if let ::core::option::Option::Some(prepared_pooled_height) = prepared_pooled_height {object_writer.write::<_, _, 4>(&prepared_pooled_height);}if let ::core::option::Option::Some(prepared_spatial_scale) = prepared_spatial_scale {object_writer.write::<_, _, 4>(&prepared_spatial_scale);}if let ::core::option::Option::Some(prepared_sampling_ratio) = prepared_sampling_ratio {object_writer.write::<_, _, 4>(&prepared_sampling_ratio);}if let ::core::option::Option::Some(prepared_aligned) = prepared_aligned {object_writer.write::<_, _, 1>(&prepared_aligned);}if let ::core::option::Option::Some(prepared_pool_type) = prepared_pool_type {object_writer.write::<_, _, 1>(&prepared_pool_type);}if let ::core::option::Option::Some(prepared_output_grad) = prepared_output_grad {object_writer.write::<_, _, 1>(&prepared_output_grad);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<RoiParameters>> for RoiParameters {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoiParameters> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<RoiParameters>> for RoiParameters {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RoiParameters>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<RoiParameters> for RoiParameters {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoiParameters> {
RoiParameters::create(
builder,
self.pooled_width,
self.pooled_height,
self.spatial_scale,
self.sampling_ratio,
self.aligned,
self.pool_type,
self.output_grad,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RoiParametersBuilder<State>(State);
impl<
> RoiParametersBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pooled_width<T0>(self, value: T0) -> RoiParametersBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
RoiParametersBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pooled_width_as_default(self) -> RoiParametersBuilder<(
::planus::DefaultValue,
)>
{
self.pooled_width(::planus::DefaultValue)
}
}
impl<
T0,
> RoiParametersBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pooled_height<T1>(self, value: T1) -> RoiParametersBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;RoiParametersBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pooled_height_as_default(self) -> RoiParametersBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.pooled_height(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> RoiParametersBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn spatial_scale<T2>(self, value: T2) -> RoiParametersBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
) = self.0;RoiParametersBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn spatial_scale_as_default(self) -> RoiParametersBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.spatial_scale(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> RoiParametersBuilder
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
pub fn sampling_ratio<T3>(self, value: T3) -> RoiParametersBuilder<(
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
) = self.0;RoiParametersBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn sampling_ratio_as_null(self) -> RoiParametersBuilder<(
T0,
T1,
T2,
(),
)>
{
self.sampling_ratio(())
}
}
impl<
T0,
T1,
T2,
T3,
> RoiParametersBuilder
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
pub fn aligned<T4>(self, value: T4) -> RoiParametersBuilder<(
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
) = self.0;RoiParametersBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn aligned_as_default(self) -> RoiParametersBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.aligned(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> RoiParametersBuilder
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
pub fn pool_type<T5>(self, value: T5) -> RoiParametersBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<self::PoolType, self::PoolType>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;RoiParametersBuilder((
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
pub fn pool_type_as_default(self) -> RoiParametersBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.pool_type(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> RoiParametersBuilder
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
pub fn output_grad<T6>(self, value: T6) -> RoiParametersBuilder<(
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
) = self.0;RoiParametersBuilder((
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
pub fn output_grad_as_default(self) -> RoiParametersBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.output_grad(::planus::DefaultValue)
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
> RoiParametersBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoiParameters>
where Self: ::planus::WriteAsOffset<RoiParameters>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<i32>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<RoiParameters>> for RoiParametersBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<RoiParameters>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoiParameters> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<i32>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<RoiParameters>> for RoiParametersBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<RoiParameters>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RoiParameters>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<i32>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<self::PoolType, self::PoolType>,
T6: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<RoiParameters> for RoiParametersBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RoiParameters> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = &self.0;RoiParameters::create(
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
pub struct RoiParametersRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RoiParametersRef<'a> {
#[inline]
pub fn pooled_width(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "RoiParameters", "pooled_width")
?.unwrap_or(0))
}
#[inline]
pub fn pooled_height(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "RoiParameters", "pooled_height")
?.unwrap_or(0))
}
#[inline]
pub fn spatial_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(2, "RoiParameters", "spatial_scale")
?.unwrap_or(0.0))
}
#[inline]
pub fn sampling_ratio(&self) -> ::planus::Result<::core::option::Option<i32>> {
self.0.access(3, "RoiParameters", "sampling_ratio")
}
#[inline]
pub fn aligned(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(4, "RoiParameters", "aligned")
?.unwrap_or(false))
}
#[inline]
pub fn pool_type(&self) -> ::planus::Result<self::PoolType> {
::core::result::Result::Ok(
self.0.access(5, "RoiParameters", "pool_type")
?.unwrap_or(self::PoolType::Avepool))
}
#[inline]
pub fn output_grad(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(6, "RoiParameters", "output_grad")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for RoiParametersRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RoiParametersRef");
f.field("pooled_width", &self.pooled_width());f.field("pooled_height", &self.pooled_height());f.field("spatial_scale", &self.spatial_scale());if let ::core::option::Option::Some(field_sampling_ratio) = self.sampling_ratio().transpose() {
f.field("sampling_ratio", &field_sampling_ratio);
}f.field("aligned", &self.aligned());f.field("pool_type", &self.pool_type());f.field("output_grad", &self.output_grad());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RoiParametersRef<'a>> for RoiParameters {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: RoiParametersRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
pooled_width: ::core::convert::TryInto::try_into(value.pooled_width()?)?,pooled_height: ::core::convert::TryInto::try_into(value.pooled_height()?)?,spatial_scale: ::core::convert::TryInto::try_into(value.spatial_scale()?)?,sampling_ratio:
if let ::core::option::Option::Some(sampling_ratio) = value.sampling_ratio()? {
::core::option::Option::Some(::core::convert::TryInto::try_into(sampling_ratio)?)
} else {
::core::option::Option::None
}
,aligned: ::core::convert::TryInto::try_into(value.aligned()?)?,pool_type: ::core::convert::TryInto::try_into(value.pool_type()?)?,output_grad: ::core::convert::TryInto::try_into(value.output_grad()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for RoiParametersRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RoiParametersRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RoiParametersRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<RoiParameters>> for RoiParameters {
type Value = ::planus::Offset<RoiParameters>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<RoiParameters>],
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
impl<'a> ::planus::ReadAsRoot<'a> for RoiParametersRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RoiParametersRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum SampleMode {
Bilinear = 0,
Nearest = 1,
}
impl SampleMode {
pub const ENUM_VALUES: [Self; 2] = [Self::Bilinear,Self::Nearest,];
}
impl ::core::convert::TryFrom<i8> for SampleMode {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(SampleMode::Bilinear),
1 => ::core::result::Result::Ok(SampleMode::Nearest),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<SampleMode> for i8 {
#[inline]
fn from(value: SampleMode) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for SampleMode {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<SampleMode> for SampleMode {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<SampleMode> for SampleMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> SampleMode {
*self
}
}
impl ::planus::WriteAsDefault<SampleMode, SampleMode> for SampleMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &SampleMode) -> ::core::option::Option<SampleMode> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<SampleMode> for SampleMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<SampleMode> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for SampleMode {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for SampleMode {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"SampleMode",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<SampleMode> for SampleMode {
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
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum BorderMode {
Zeros = 0,
Clamp = 1,
Reflection = 2,
Cube = 3,
}
impl BorderMode {
pub const ENUM_VALUES: [Self; 4] = [Self::Zeros,Self::Clamp,Self::Reflection,Self::Cube,];
}
impl ::core::convert::TryFrom<i8> for BorderMode {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(BorderMode::Zeros),
1 => ::core::result::Result::Ok(BorderMode::Clamp),
2 => ::core::result::Result::Ok(BorderMode::Reflection),
3 => ::core::result::Result::Ok(BorderMode::Cube),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<BorderMode> for i8 {
#[inline]
fn from(value: BorderMode) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for BorderMode {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<BorderMode> for BorderMode {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<BorderMode> for BorderMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> BorderMode {
*self
}
}
impl ::planus::WriteAsDefault<BorderMode, BorderMode> for BorderMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &BorderMode) -> ::core::option::Option<BorderMode> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<BorderMode> for BorderMode {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<BorderMode> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for BorderMode {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for BorderMode {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"BorderMode",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<BorderMode> for BorderMode {
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
pub struct GridSample{
pub mode: self::SampleMode,
pub padding_mode: self::BorderMode,
pub align_corners: bool,
pub backward: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for GridSample {
fn default() -> Self {
Self {
mode: self::SampleMode::Bilinear,
padding_mode: self::BorderMode::Zeros,
align_corners: false,
backward: false,
}
}
}
impl GridSample {
#[inline]
pub fn builder() -> GridSampleBuilder<()> {
GridSampleBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_mode: impl ::planus::WriteAsDefault<self::SampleMode, self::SampleMode>,
field_padding_mode: impl ::planus::WriteAsDefault<self::BorderMode, self::BorderMode>,
field_align_corners: impl ::planus::WriteAsDefault<bool, bool>,
field_backward: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_mode = field_mode.prepare(builder, &self::SampleMode::Bilinear);let prepared_padding_mode = field_padding_mode.prepare(builder, &self::BorderMode::Zeros);let prepared_align_corners = field_align_corners.prepare(builder, &false);let prepared_backward = field_backward.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<12> = ::core::default::Default::default();
if prepared_mode.is_some() {table_writer.write_entry::<self::SampleMode>(0);}if prepared_padding_mode.is_some() {table_writer.write_entry::<self::BorderMode>(1);}if prepared_align_corners.is_some() {table_writer.write_entry::<bool>(2);}if prepared_backward.is_some() {table_writer.write_entry::<bool>(3);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_mode) = prepared_mode {object_writer.write::<_, _, 1>(&prepared_mode);}if let ::core::option::Option::Some(prepared_padding_mode) = prepared_padding_mode {object_writer.write::<_, _, 1>(&prepared_padding_mode);}if let ::core::option::Option::Some(prepared_align_corners) = prepared_align_corners {object_writer.write::<_, _, 1>(&prepared_align_corners);}if let ::core::option::Option::Some(prepared_backward) = prepared_backward {object_writer.write::<_, _, 1>(&prepared_backward);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<GridSample>> for GridSample {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GridSample> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<GridSample>> for GridSample {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<GridSample>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<GridSample> for GridSample {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GridSample> {
GridSample::create(
builder,
self.mode,
self.padding_mode,
self.align_corners,
self.backward,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct GridSampleBuilder<State>(State);
impl<
> GridSampleBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode<T0>(self, value: T0) -> GridSampleBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::SampleMode, self::SampleMode>
{
GridSampleBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mode_as_default(self) -> GridSampleBuilder<(
::planus::DefaultValue,
)>
{
self.mode(::planus::DefaultValue)
}
}
impl<
T0,
> GridSampleBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn padding_mode<T1>(self, value: T1) -> GridSampleBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::BorderMode, self::BorderMode>
{
let (
v0,
) = self.0;GridSampleBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn padding_mode_as_default(self) -> GridSampleBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.padding_mode(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> GridSampleBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn align_corners<T2>(self, value: T2) -> GridSampleBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;GridSampleBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn align_corners_as_default(self) -> GridSampleBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.align_corners(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> GridSampleBuilder
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
pub fn backward<T3>(self, value: T3) -> GridSampleBuilder<(
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
) = self.0;GridSampleBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn backward_as_default(self) -> GridSampleBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.backward(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> GridSampleBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<GridSample>
where Self: ::planus::WriteAsOffset<GridSample>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::SampleMode, self::SampleMode>,
T1: ::planus::WriteAsDefault<self::BorderMode, self::BorderMode>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<GridSample>> for GridSampleBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<GridSample>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GridSample> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::SampleMode, self::SampleMode>,
T1: ::planus::WriteAsDefault<self::BorderMode, self::BorderMode>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<GridSample>> for GridSampleBuilder<(
T0,
T1,
T2,
T3,
)> {
type Prepared = ::planus::Offset<GridSample>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<GridSample>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::SampleMode, self::SampleMode>,
T1: ::planus::WriteAsDefault<self::BorderMode, self::BorderMode>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<GridSample> for GridSampleBuilder<(
T0,
T1,
T2,
T3,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GridSample> {
let (
v0,
v1,
v2,
v3,
) = &self.0;GridSample::create(
builder,
v0,
v1,
v2,
v3,
)
}
}
#[derive(Copy, Clone)]
pub struct GridSampleRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> GridSampleRef<'a> {
#[inline]
pub fn mode(&self) -> ::planus::Result<self::SampleMode> {
::core::result::Result::Ok(
self.0.access(0, "GridSample", "mode")
?.unwrap_or(self::SampleMode::Bilinear))
}
#[inline]
pub fn padding_mode(&self) -> ::planus::Result<self::BorderMode> {
::core::result::Result::Ok(
self.0.access(1, "GridSample", "padding_mode")
?.unwrap_or(self::BorderMode::Zeros))
}
#[inline]
pub fn align_corners(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "GridSample", "align_corners")
?.unwrap_or(false))
}
#[inline]
pub fn backward(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(3, "GridSample", "backward")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for GridSampleRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("GridSampleRef");
f.field("mode", &self.mode());f.field("padding_mode", &self.padding_mode());f.field("align_corners", &self.align_corners());f.field("backward", &self.backward());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<GridSampleRef<'a>> for GridSample {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: GridSampleRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
mode: ::core::convert::TryInto::try_into(value.mode()?)?,padding_mode: ::core::convert::TryInto::try_into(value.padding_mode()?)?,align_corners: ::core::convert::TryInto::try_into(value.align_corners()?)?,backward: ::core::convert::TryInto::try_into(value.backward()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for GridSampleRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for GridSampleRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[GridSampleRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<GridSample>> for GridSample {
type Value = ::planus::Offset<GridSample>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<GridSample>],
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
impl<'a> ::planus::ReadAsRoot<'a> for GridSampleRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[GridSampleRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct CumSum{
pub exclusive: bool,
pub reverse: bool,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for CumSum {
fn default() -> Self {
Self {
exclusive: false,
reverse: false,
}
}
}
impl CumSum {
#[inline]
pub fn builder() -> CumSumBuilder<()> {
CumSumBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_exclusive: impl ::planus::WriteAsDefault<bool, bool>,
field_reverse: impl ::planus::WriteAsDefault<bool, bool>,
) -> ::planus::Offset<Self> {let prepared_exclusive = field_exclusive.prepare(builder, &false);let prepared_reverse = field_reverse.prepare(builder, &false);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_exclusive.is_some() {table_writer.write_entry::<bool>(0);}if prepared_reverse.is_some() {table_writer.write_entry::<bool>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_exclusive) = prepared_exclusive {object_writer.write::<_, _, 1>(&prepared_exclusive);}if let ::core::option::Option::Some(prepared_reverse) = prepared_reverse {object_writer.write::<_, _, 1>(&prepared_reverse);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<CumSum>> for CumSum {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CumSum> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<CumSum>> for CumSum {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<CumSum>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<CumSum> for CumSum {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CumSum> {
CumSum::create(
builder,
self.exclusive,
self.reverse,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct CumSumBuilder<State>(State);
impl<
> CumSumBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn exclusive<T0>(self, value: T0) -> CumSumBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<bool, bool>
{
CumSumBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn exclusive_as_default(self) -> CumSumBuilder<(
::planus::DefaultValue,
)>
{
self.exclusive(::planus::DefaultValue)
}
}
impl<
T0,
> CumSumBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn reverse<T1>(self, value: T1) -> CumSumBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
) = self.0;CumSumBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn reverse_as_default(self) -> CumSumBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.reverse(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> CumSumBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<CumSum>
where Self: ::planus::WriteAsOffset<CumSum>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAs<::planus::Offset<CumSum>> for CumSumBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<CumSum>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CumSum> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOptional<::planus::Offset<CumSum>> for CumSumBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<CumSum>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<CumSum>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<bool, bool>,
T1: ::planus::WriteAsDefault<bool, bool>,
> ::planus::WriteAsOffset<CumSum> for CumSumBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<CumSum> {
let (
v0,
v1,
) = &self.0;CumSum::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct CumSumRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> CumSumRef<'a> {
#[inline]
pub fn exclusive(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(0, "CumSum", "exclusive")
?.unwrap_or(false))
}
#[inline]
pub fn reverse(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(1, "CumSum", "reverse")
?.unwrap_or(false))
}
}
impl<'a> ::core::fmt::Debug for CumSumRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("CumSumRef");
f.field("exclusive", &self.exclusive());f.field("reverse", &self.reverse());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<CumSumRef<'a>> for CumSum {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: CumSumRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
exclusive: ::core::convert::TryInto::try_into(value.exclusive()?)?,reverse: ::core::convert::TryInto::try_into(value.reverse()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for CumSumRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for CumSumRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[CumSumRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<CumSum>> for CumSum {
type Value = ::planus::Offset<CumSum>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<CumSum>],
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
impl<'a> ::planus::ReadAsRoot<'a> for CumSumRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[CumSumRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct GroupNorm{
pub axis: i32,
pub epsilon: f32,
pub gamma: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub beta: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub group: i32,
pub b_swish: i32,
pub external: ::core::option::Option<::planus::alloc::vec::Vec<i64>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for GroupNorm {
fn default() -> Self {
Self {
axis: 0,
epsilon: 0.0,
gamma: ::core::default::Default::default(),
beta: ::core::default::Default::default(),
group: 1,
b_swish: 0,
external: ::core::default::Default::default(),
}
}
}
impl GroupNorm {
#[inline]
pub fn builder() -> GroupNormBuilder<()> {
GroupNormBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
field_epsilon: impl ::planus::WriteAsDefault<f32, f32>,
field_gamma: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_beta: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_group: impl ::planus::WriteAsDefault<i32, i32>,
field_b_swish: impl ::planus::WriteAsDefault<i32, i32>,
field_external: impl ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
) -> ::planus::Offset<Self> {let prepared_axis = field_axis.prepare(builder, &0);let prepared_epsilon = field_epsilon.prepare(builder, &0.0);let prepared_gamma = field_gamma.prepare(builder);let prepared_beta = field_beta.prepare(builder);let prepared_group = field_group.prepare(builder, &1);let prepared_b_swish = field_b_swish.prepare(builder, &0);let prepared_external = field_external.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<18> = ::core::default::Default::default();
if prepared_axis.is_some() {table_writer.write_entry::<i32>(0);}if prepared_epsilon.is_some() {table_writer.write_entry::<f32>(1);}if prepared_gamma.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_beta.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(3);}if prepared_group.is_some() {table_writer.write_entry::<i32>(4);}if prepared_b_swish.is_some() {table_writer.write_entry::<i32>(5);}if prepared_external.is_some() {table_writer.write_entry::<::planus::Offset<[i64]>>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_epsilon) = prepared_epsilon {object_writer.write::<_, _, 4>(&prepared_epsilon);}if let ::core::option::Option::Some(prepared_gamma) = prepared_gamma {object_writer.write::<_, _, 4>(&prepared_gamma);}if let ::core::option::Option::Some(prepared_beta) = prepared_beta {object_writer.write::<_, _, 4>(&prepared_beta);}if let ::core::option::Option::Some(prepared_group) = prepared_group {object_writer.write::<_, _, 4>(&prepared_group);}if let ::core::option::Option::Some(prepared_b_swish) = prepared_b_swish {object_writer.write::<_, _, 4>(&prepared_b_swish);}if let ::core::option::Option::Some(prepared_external) = prepared_external {object_writer.write::<_, _, 4>(&prepared_external);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<GroupNorm>> for GroupNorm {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GroupNorm> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<GroupNorm>> for GroupNorm {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<GroupNorm>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<GroupNorm> for GroupNorm {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GroupNorm> {
GroupNorm::create(
builder,
self.axis,
self.epsilon,
&self.gamma,
&self.beta,
self.group,
self.b_swish,
&self.external,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct GroupNormBuilder<State>(State);
impl<
> GroupNormBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis<T0>(self, value: T0) -> GroupNormBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
GroupNormBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn axis_as_default(self) -> GroupNormBuilder<(
::planus::DefaultValue,
)>
{
self.axis(::planus::DefaultValue)
}
}
impl<
T0,
> GroupNormBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn epsilon<T1>(self, value: T1) -> GroupNormBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;GroupNormBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn epsilon_as_default(self) -> GroupNormBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.epsilon(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> GroupNormBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn gamma<T2>(self, value: T2) -> GroupNormBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;GroupNormBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn gamma_as_null(self) -> GroupNormBuilder<(
T0,
T1,
(),
)>
{
self.gamma(())
}
}
impl<
T0,
T1,
T2,
> GroupNormBuilder
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
pub fn beta<T3>(self, value: T3) -> GroupNormBuilder<(
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
) = self.0;GroupNormBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn beta_as_null(self) -> GroupNormBuilder<(
T0,
T1,
T2,
(),
)>
{
self.beta(())
}
}
impl<
T0,
T1,
T2,
T3,
> GroupNormBuilder
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
pub fn group<T4>(self, value: T4) -> GroupNormBuilder<(
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
) = self.0;GroupNormBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn group_as_default(self) -> GroupNormBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.group(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> GroupNormBuilder
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
pub fn b_swish<T5>(self, value: T5) -> GroupNormBuilder<(
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
) = self.0;GroupNormBuilder((
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
pub fn b_swish_as_default(self) -> GroupNormBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.b_swish(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> GroupNormBuilder
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
pub fn external<T6>(self, value: T6) -> GroupNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;GroupNormBuilder((
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
pub fn external_as_null(self) -> GroupNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.external(())
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
> GroupNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<GroupNorm>
where Self: ::planus::WriteAsOffset<GroupNorm>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAs<::planus::Offset<GroupNorm>> for GroupNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<GroupNorm>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GroupNorm> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOptional<::planus::Offset<GroupNorm>> for GroupNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<GroupNorm>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<GroupNorm>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsDefault<i32, i32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i64]>>,
> ::planus::WriteAsOffset<GroupNorm> for GroupNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<GroupNorm> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = &self.0;GroupNorm::create(
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
pub struct GroupNormRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> GroupNormRef<'a> {
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "GroupNorm", "axis")
?.unwrap_or(0))
}
#[inline]
pub fn epsilon(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "GroupNorm", "epsilon")
?.unwrap_or(0.0))
}
#[inline]
pub fn gamma(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "GroupNorm", "gamma")
}
#[inline]
pub fn beta(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(3, "GroupNorm", "beta")
}
#[inline]
pub fn group(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(4, "GroupNorm", "group")
?.unwrap_or(1))
}
#[inline]
pub fn b_swish(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "GroupNorm", "b_swish")
?.unwrap_or(0))
}
#[inline]
pub fn external(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i64>>> {
self.0.access(6, "GroupNorm", "external")
}
}
impl<'a> ::core::fmt::Debug for GroupNormRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("GroupNormRef");
f.field("axis", &self.axis());f.field("epsilon", &self.epsilon());if let ::core::option::Option::Some(field_gamma) = self.gamma().transpose() {
f.field("gamma", &field_gamma);
}if let ::core::option::Option::Some(field_beta) = self.beta().transpose() {
f.field("beta", &field_beta);
}f.field("group", &self.group());f.field("b_swish", &self.b_swish());if let ::core::option::Option::Some(field_external) = self.external().transpose() {
f.field("external", &field_external);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<GroupNormRef<'a>> for GroupNorm {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: GroupNormRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
axis: ::core::convert::TryInto::try_into(value.axis()?)?,epsilon: ::core::convert::TryInto::try_into(value.epsilon()?)?,gamma:
if let ::core::option::Option::Some(gamma) = value.gamma()? {
::core::option::Option::Some(gamma.to_vec()?)
} else {
::core::option::Option::None
}
,beta:
if let ::core::option::Option::Some(beta) = value.beta()? {
::core::option::Option::Some(beta.to_vec()?)
} else {
::core::option::Option::None
}
,group: ::core::convert::TryInto::try_into(value.group()?)?,b_swish: ::core::convert::TryInto::try_into(value.b_swish()?)?,external:
if let ::core::option::Option::Some(external) = value.external()? {
::core::option::Option::Some(external.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for GroupNormRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for GroupNormRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[GroupNormRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<GroupNorm>> for GroupNorm {
type Value = ::planus::Offset<GroupNorm>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<GroupNorm>],
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
impl<'a> ::planus::ReadAsRoot<'a> for GroupNormRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[GroupNormRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct View{
pub offset: i32,
pub stride: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for View {
fn default() -> Self {
Self {
offset: 0,
stride: ::core::default::Default::default(),
}
}
}
impl View {
#[inline]
pub fn builder() -> ViewBuilder<()> {
ViewBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_offset: impl ::planus::WriteAsDefault<i32, i32>,
field_stride: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
) -> ::planus::Offset<Self> {let prepared_offset = field_offset.prepare(builder, &0);let prepared_stride = field_stride.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_offset.is_some() {table_writer.write_entry::<i32>(0);}if prepared_stride.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_offset) = prepared_offset {object_writer.write::<_, _, 4>(&prepared_offset);}if let ::core::option::Option::Some(prepared_stride) = prepared_stride {object_writer.write::<_, _, 4>(&prepared_stride);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<View>> for View {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<View> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<View>> for View {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<View>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<View> for View {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<View> {
View::create(
builder,
self.offset,
&self.stride,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ViewBuilder<State>(State);
impl<
> ViewBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn offset<T0>(self, value: T0) -> ViewBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
ViewBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn offset_as_default(self) -> ViewBuilder<(
::planus::DefaultValue,
)>
{
self.offset(::planus::DefaultValue)
}
}
impl<
T0,
> ViewBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride<T1>(self, value: T1) -> ViewBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;ViewBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn stride_as_null(self) -> ViewBuilder<(
T0,
(),
)>
{
self.stride(())
}
}
impl<
T0,
T1,
> ViewBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<View>
where Self: ::planus::WriteAsOffset<View>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAs<::planus::Offset<View>> for ViewBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<View>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<View> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOptional<::planus::Offset<View>> for ViewBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<View>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<View>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOffset<View> for ViewBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<View> {
let (
v0,
v1,
) = &self.0;View::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct ViewRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ViewRef<'a> {
#[inline]
pub fn offset(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "View", "offset")
?.unwrap_or(0))
}
#[inline]
pub fn stride(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "View", "stride")
}
}
impl<'a> ::core::fmt::Debug for ViewRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ViewRef");
f.field("offset", &self.offset());if let ::core::option::Option::Some(field_stride) = self.stride().transpose() {
f.field("stride", &field_stride);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ViewRef<'a>> for View {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ViewRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
offset: ::core::convert::TryInto::try_into(value.offset()?)?,stride:
if let ::core::option::Option::Some(stride) = value.stride()? {
::core::option::Option::Some(stride.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for ViewRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ViewRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ViewRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<View>> for View {
type Value = ::planus::Offset<View>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<View>],
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
impl<'a> ::planus::ReadAsRoot<'a> for ViewRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ViewRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct RegionCommand{
pub op: ::core::option::Option<::planus::alloc::boxed::Box<self::Op>>,
pub steps: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub size: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub indexes: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub view: ::core::option::Option<::planus::alloc::vec::Vec<self::View>>,
pub fuse: ::core::option::Option<i32>,
pub iter_indexes: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for RegionCommand {
fn default() -> Self {
Self {
op: ::core::default::Default::default(),
steps: ::core::default::Default::default(),
size: ::core::default::Default::default(),
indexes: ::core::default::Default::default(),
view: ::core::default::Default::default(),
fuse: ::core::default::Default::default(),
iter_indexes: ::core::default::Default::default(),
}
}
}
impl RegionCommand {
#[inline]
pub fn builder() -> RegionCommandBuilder<()> {
RegionCommandBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_op: impl ::planus::WriteAsOptional<::planus::Offset<self::Op>>,
field_steps: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_size: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_indexes: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_view: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::View>]>>,
field_fuse: impl ::planus::WriteAsOptional<i32>,
field_iter_indexes: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
) -> ::planus::Offset<Self> {let prepared_op = field_op.prepare(builder);let prepared_steps = field_steps.prepare(builder);let prepared_size = field_size.prepare(builder);let prepared_indexes = field_indexes.prepare(builder);let prepared_view = field_view.prepare(builder);let prepared_fuse = field_fuse.prepare(builder);let prepared_iter_indexes = field_iter_indexes.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<18> = ::core::default::Default::default();
if prepared_op.is_some() {table_writer.write_entry::<::planus::Offset<self::Op>>(0);}if prepared_steps.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_size.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(2);}if prepared_indexes.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(3);}if prepared_view.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::View>]>>(4);}if prepared_fuse.is_some() {table_writer.write_entry::<i32>(5);}if prepared_iter_indexes.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_op) = prepared_op {object_writer.write::<_, _, 4>(&prepared_op);}if let ::core::option::Option::Some(prepared_steps) = prepared_steps {object_writer.write::<_, _, 4>(&prepared_steps);}if let ::core::option::Option::Some(prepared_size) = prepared_size {object_writer.write::<_, _, 4>(&prepared_size);}if let ::core::option::Option::Some(prepared_indexes) = prepared_indexes {object_writer.write::<_, _, 4>(&prepared_indexes);}if let ::core::option::Option::Some(prepared_view) = prepared_view {object_writer.write::<_, _, 4>(&prepared_view);}if let ::core::option::Option::Some(prepared_fuse) = prepared_fuse {object_writer.write::<_, _, 4>(&prepared_fuse);}if let ::core::option::Option::Some(prepared_iter_indexes) = prepared_iter_indexes {object_writer.write::<_, _, 4>(&prepared_iter_indexes);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<RegionCommand>> for RegionCommand {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RegionCommand> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<RegionCommand>> for RegionCommand {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RegionCommand>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<RegionCommand> for RegionCommand {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RegionCommand> {
RegionCommand::create(
builder,
&self.op,
&self.steps,
&self.size,
&self.indexes,
&self.view,
self.fuse,
&self.iter_indexes,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct RegionCommandBuilder<State>(State);
impl<
> RegionCommandBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn op<T0>(self, value: T0) -> RegionCommandBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<self::Op>>
{
RegionCommandBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn op_as_null(self) -> RegionCommandBuilder<(
(),
)>
{
self.op(())
}
}
impl<
T0,
> RegionCommandBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn steps<T1>(self, value: T1) -> RegionCommandBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;RegionCommandBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn steps_as_null(self) -> RegionCommandBuilder<(
T0,
(),
)>
{
self.steps(())
}
}
impl<
T0,
T1,
> RegionCommandBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn size<T2>(self, value: T2) -> RegionCommandBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
) = self.0;RegionCommandBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn size_as_null(self) -> RegionCommandBuilder<(
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
> RegionCommandBuilder
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
pub fn indexes<T3>(self, value: T3) -> RegionCommandBuilder<(
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
) = self.0;RegionCommandBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn indexes_as_null(self) -> RegionCommandBuilder<(
T0,
T1,
T2,
(),
)>
{
self.indexes(())
}
}
impl<
T0,
T1,
T2,
T3,
> RegionCommandBuilder
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
pub fn view<T4>(self, value: T4) -> RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::View>]>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;RegionCommandBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn view_as_null(self) -> RegionCommandBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.view(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> RegionCommandBuilder
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
pub fn fuse<T5>(self, value: T5) -> RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsOptional<i32>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;RegionCommandBuilder((
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
pub fn fuse_as_null(self) -> RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.fuse(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> RegionCommandBuilder
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
pub fn iter_indexes<T6>(self, value: T6) -> RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;RegionCommandBuilder((
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
pub fn iter_indexes_as_null(self) -> RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.iter_indexes(())
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
> RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<RegionCommand>
where Self: ::planus::WriteAsOffset<RegionCommand>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Op>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::View>]>>,
T5: ::planus::WriteAsOptional<i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAs<::planus::Offset<RegionCommand>> for RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<RegionCommand>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RegionCommand> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Op>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::View>]>>,
T5: ::planus::WriteAsOptional<i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOptional<::planus::Offset<RegionCommand>> for RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
type Prepared = ::planus::Offset<RegionCommand>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<RegionCommand>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<self::Op>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::View>]>>,
T5: ::planus::WriteAsOptional<i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOffset<RegionCommand> for RegionCommandBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<RegionCommand> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = &self.0;RegionCommand::create(
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
pub struct RegionCommandRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> RegionCommandRef<'a> {
#[inline]
pub fn op(&self) -> ::planus::Result<::core::option::Option<self::OpRef<'a>>> {
self.0.access(0, "RegionCommand", "op")
}
#[inline]
pub fn steps(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "RegionCommand", "steps")
}
#[inline]
pub fn size(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(2, "RegionCommand", "size")
}
#[inline]
pub fn indexes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(3, "RegionCommand", "indexes")
}
#[inline]
pub fn view(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::ViewRef<'a>>>>> {
self.0.access(4, "RegionCommand", "view")
}
#[inline]
pub fn fuse(&self) -> ::planus::Result<::core::option::Option<i32>> {
self.0.access(5, "RegionCommand", "fuse")
}
#[inline]
pub fn iter_indexes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(6, "RegionCommand", "iter_indexes")
}
}
impl<'a> ::core::fmt::Debug for RegionCommandRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("RegionCommandRef");
if let ::core::option::Option::Some(field_op) = self.op().transpose() {
f.field("op", &field_op);
}if let ::core::option::Option::Some(field_steps) = self.steps().transpose() {
f.field("steps", &field_steps);
}if let ::core::option::Option::Some(field_size) = self.size().transpose() {
f.field("size", &field_size);
}if let ::core::option::Option::Some(field_indexes) = self.indexes().transpose() {
f.field("indexes", &field_indexes);
}if let ::core::option::Option::Some(field_view) = self.view().transpose() {
f.field("view", &field_view);
}if let ::core::option::Option::Some(field_fuse) = self.fuse().transpose() {
f.field("fuse", &field_fuse);
}if let ::core::option::Option::Some(field_iter_indexes) = self.iter_indexes().transpose() {
f.field("iter_indexes", &field_iter_indexes);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<RegionCommandRef<'a>> for RegionCommand {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: RegionCommandRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
op:
if let ::core::option::Option::Some(op) = value.op()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(op)?))
} else {
::core::option::Option::None
}
,steps:
if let ::core::option::Option::Some(steps) = value.steps()? {
::core::option::Option::Some(steps.to_vec()?)
} else {
::core::option::Option::None
}
,size:
if let ::core::option::Option::Some(size) = value.size()? {
::core::option::Option::Some(size.to_vec()?)
} else {
::core::option::Option::None
}
,indexes:
if let ::core::option::Option::Some(indexes) = value.indexes()? {
::core::option::Option::Some(indexes.to_vec()?)
} else {
::core::option::Option::None
}
,view:
if let ::core::option::Option::Some(view) = value.view()? {
::core::option::Option::Some(view.to_vec_result()?)
} else {
::core::option::Option::None
}
,fuse:
if let ::core::option::Option::Some(fuse) = value.fuse()? {
::core::option::Option::Some(::core::convert::TryInto::try_into(fuse)?)
} else {
::core::option::Option::None
}
,iter_indexes:
if let ::core::option::Option::Some(iter_indexes) = value.iter_indexes()? {
::core::option::Option::Some(iter_indexes.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for RegionCommandRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for RegionCommandRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[RegionCommandRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<RegionCommand>> for RegionCommand {
type Value = ::planus::Offset<RegionCommand>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<RegionCommand>],
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
impl<'a> ::planus::ReadAsRoot<'a> for RegionCommandRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[RegionCommandRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct LoopParam{
pub tensor_number: i32,
pub output_indexes: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub input_indexes: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub extra_tensor_infos: ::core::option::Option<::planus::alloc::vec::Vec<self::TensorDescribe>>,
pub parallel: bool,
pub loop_number: i32,
pub commands: ::core::option::Option<::planus::alloc::vec::Vec<self::RegionCommand>>,
pub init_command: ::core::option::Option<::planus::alloc::vec::Vec<self::RegionCommand>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for LoopParam {
fn default() -> Self {
Self {
tensor_number: 0,
output_indexes: ::core::default::Default::default(),
input_indexes: ::core::default::Default::default(),
extra_tensor_infos: ::core::default::Default::default(),
parallel: true,
loop_number: 0,
commands: ::core::default::Default::default(),
init_command: ::core::default::Default::default(),
}
}
}
impl LoopParam {
#[inline]
pub fn builder() -> LoopParamBuilder<()> {
LoopParamBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_tensor_number: impl ::planus::WriteAsDefault<i32, i32>,
field_output_indexes: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_input_indexes: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_extra_tensor_infos: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
field_parallel: impl ::planus::WriteAsDefault<bool, bool>,
field_loop_number: impl ::planus::WriteAsDefault<i32, i32>,
field_commands: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>,
field_init_command: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>,
) -> ::planus::Offset<Self> {let prepared_tensor_number = field_tensor_number.prepare(builder, &0);let prepared_output_indexes = field_output_indexes.prepare(builder);let prepared_input_indexes = field_input_indexes.prepare(builder);let prepared_extra_tensor_infos = field_extra_tensor_infos.prepare(builder);let prepared_parallel = field_parallel.prepare(builder, &true);let prepared_loop_number = field_loop_number.prepare(builder, &0);let prepared_commands = field_commands.prepare(builder);let prepared_init_command = field_init_command.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<20> = ::core::default::Default::default();
if prepared_tensor_number.is_some() {table_writer.write_entry::<i32>(0);}if prepared_output_indexes.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_input_indexes.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(2);}if prepared_extra_tensor_infos.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>(3);}if prepared_loop_number.is_some() {table_writer.write_entry::<i32>(5);}if prepared_commands.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>(6);}if prepared_init_command.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>(7);}if prepared_parallel.is_some() {table_writer.write_entry::<bool>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_tensor_number) = prepared_tensor_number {object_writer.write::<_, _, 4>(&prepared_tensor_number);}if let ::core::option::Option::Some(prepared_output_indexes) = prepared_output_indexes {object_writer.write::<_, _, 4>(&prepared_output_indexes);}if let ::core::option::Option::Some(prepared_input_indexes) = prepared_input_indexes {object_writer.write::<_, _, 4>(&prepared_input_indexes);}if let ::core::option::Option::Some(prepared_extra_tensor_infos) = prepared_extra_tensor_infos {object_writer.write::<_, _, 4>(&prepared_extra_tensor_infos);}if let ::core::option::Option::Some(prepared_loop_number) = prepared_loop_number {object_writer.write::<_, _, 4>(&prepared_loop_number);}if let ::core::option::Option::Some(prepared_commands) = prepared_commands {object_writer.write::<_, _, 4>(&prepared_commands);}if let ::core::option::Option::Some(prepared_init_command) = prepared_init_command {object_writer.write::<_, _, 4>(&prepared_init_command);}if let ::core::option::Option::Some(prepared_parallel) = prepared_parallel {object_writer.write::<_, _, 1>(&prepared_parallel);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<LoopParam>> for LoopParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LoopParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<LoopParam>> for LoopParam {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<LoopParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<LoopParam> for LoopParam {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LoopParam> {
LoopParam::create(
builder,
self.tensor_number,
&self.output_indexes,
&self.input_indexes,
&self.extra_tensor_infos,
self.parallel,
self.loop_number,
&self.commands,
&self.init_command,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct LoopParamBuilder<State>(State);
impl<
> LoopParamBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensor_number<T0>(self, value: T0) -> LoopParamBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
LoopParamBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn tensor_number_as_default(self) -> LoopParamBuilder<(
::planus::DefaultValue,
)>
{
self.tensor_number(::planus::DefaultValue)
}
}
impl<
T0,
> LoopParamBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_indexes<T1>(self, value: T1) -> LoopParamBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;LoopParamBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_indexes_as_null(self) -> LoopParamBuilder<(
T0,
(),
)>
{
self.output_indexes(())
}
}
impl<
T0,
T1,
> LoopParamBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_indexes<T2>(self, value: T2) -> LoopParamBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
) = self.0;LoopParamBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn input_indexes_as_null(self) -> LoopParamBuilder<(
T0,
T1,
(),
)>
{
self.input_indexes(())
}
}
impl<
T0,
T1,
T2,
> LoopParamBuilder
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
pub fn extra_tensor_infos<T3>(self, value: T3) -> LoopParamBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>
{
let (
v0,
v1,
v2,
) = self.0;LoopParamBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn extra_tensor_infos_as_null(self) -> LoopParamBuilder<(
T0,
T1,
T2,
(),
)>
{
self.extra_tensor_infos(())
}
}
impl<
T0,
T1,
T2,
T3,
> LoopParamBuilder
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
pub fn parallel<T4>(self, value: T4) -> LoopParamBuilder<(
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
) = self.0;LoopParamBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn parallel_as_default(self) -> LoopParamBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.parallel(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> LoopParamBuilder
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
pub fn loop_number<T5>(self, value: T5) -> LoopParamBuilder<(
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
) = self.0;LoopParamBuilder((
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
pub fn loop_number_as_default(self) -> LoopParamBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.loop_number(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> LoopParamBuilder
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
pub fn commands<T6>(self, value: T6) -> LoopParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
)>
where T6: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
) = self.0;LoopParamBuilder((
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
pub fn commands_as_null(self) -> LoopParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.commands(())
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
> LoopParamBuilder
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
pub fn init_command<T7>(self, value: T7) -> LoopParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;LoopParamBuilder((
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
pub fn init_command_as_null(self) -> LoopParamBuilder<(
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
self.init_command(())
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
> LoopParamBuilder<(
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
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<LoopParam>
where Self: ::planus::WriteAsOffset<LoopParam>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>,
T7: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>,
> ::planus::WriteAs<::planus::Offset<LoopParam>> for LoopParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<LoopParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LoopParam> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>,
T7: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>,
> ::planus::WriteAsOptional<::planus::Offset<LoopParam>> for LoopParamBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<LoopParam>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<LoopParam>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::TensorDescribe>]>>,
T4: ::planus::WriteAsDefault<bool, bool>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>,
T7: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::RegionCommand>]>>,
> ::planus::WriteAsOffset<LoopParam> for LoopParamBuilder<(
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
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<LoopParam> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = &self.0;LoopParam::create(
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
pub struct LoopParamRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> LoopParamRef<'a> {
#[inline]
pub fn tensor_number(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "LoopParam", "tensor_number")
?.unwrap_or(0))
}
#[inline]
pub fn output_indexes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "LoopParam", "output_indexes")
}
#[inline]
pub fn input_indexes(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(2, "LoopParam", "input_indexes")
}
#[inline]
pub fn extra_tensor_infos(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::TensorDescribeRef<'a>>>>> {
self.0.access(3, "LoopParam", "extra_tensor_infos")
}
#[inline]
pub fn parallel(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(4, "LoopParam", "parallel")
?.unwrap_or(true))
}
#[inline]
pub fn loop_number(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "LoopParam", "loop_number")
?.unwrap_or(0))
}
#[inline]
pub fn commands(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::RegionCommandRef<'a>>>>> {
self.0.access(6, "LoopParam", "commands")
}
#[inline]
pub fn init_command(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::RegionCommandRef<'a>>>>> {
self.0.access(7, "LoopParam", "init_command")
}
}
impl<'a> ::core::fmt::Debug for LoopParamRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("LoopParamRef");
f.field("tensor_number", &self.tensor_number());if let ::core::option::Option::Some(field_output_indexes) = self.output_indexes().transpose() {
f.field("output_indexes", &field_output_indexes);
}if let ::core::option::Option::Some(field_input_indexes) = self.input_indexes().transpose() {
f.field("input_indexes", &field_input_indexes);
}if let ::core::option::Option::Some(field_extra_tensor_infos) = self.extra_tensor_infos().transpose() {
f.field("extra_tensor_infos", &field_extra_tensor_infos);
}f.field("parallel", &self.parallel());f.field("loop_number", &self.loop_number());if let ::core::option::Option::Some(field_commands) = self.commands().transpose() {
f.field("commands", &field_commands);
}if let ::core::option::Option::Some(field_init_command) = self.init_command().transpose() {
f.field("init_command", &field_init_command);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<LoopParamRef<'a>> for LoopParam {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: LoopParamRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
tensor_number: ::core::convert::TryInto::try_into(value.tensor_number()?)?,output_indexes:
if let ::core::option::Option::Some(output_indexes) = value.output_indexes()? {
::core::option::Option::Some(output_indexes.to_vec()?)
} else {
::core::option::Option::None
}
,input_indexes:
if let ::core::option::Option::Some(input_indexes) = value.input_indexes()? {
::core::option::Option::Some(input_indexes.to_vec()?)
} else {
::core::option::Option::None
}
,extra_tensor_infos:
if let ::core::option::Option::Some(extra_tensor_infos) = value.extra_tensor_infos()? {
::core::option::Option::Some(extra_tensor_infos.to_vec_result()?)
} else {
::core::option::Option::None
}
,parallel: ::core::convert::TryInto::try_into(value.parallel()?)?,loop_number: ::core::convert::TryInto::try_into(value.loop_number()?)?,commands:
if let ::core::option::Option::Some(commands) = value.commands()? {
::core::option::Option::Some(commands.to_vec_result()?)
} else {
::core::option::Option::None
}
,init_command:
if let ::core::option::Option::Some(init_command) = value.init_command()? {
::core::option::Option::Some(init_command.to_vec_result()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for LoopParamRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for LoopParamRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[LoopParamRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<LoopParam>> for LoopParam {
type Value = ::planus::Offset<LoopParam>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<LoopParam>],
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
impl<'a> ::planus::ReadAsRoot<'a> for LoopParamRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[LoopParamRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct TensorConvertInfo{
pub source: self::MnnDataFormat,
pub dest: self::MnnDataFormat,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for TensorConvertInfo {
fn default() -> Self {
Self {
source: self::MnnDataFormat::Nchw,
dest: self::MnnDataFormat::Nchw,
}
}
}
impl TensorConvertInfo {
#[inline]
pub fn builder() -> TensorConvertInfoBuilder<()> {
TensorConvertInfoBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_source: impl ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
field_dest: impl ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
) -> ::planus::Offset<Self> {let prepared_source = field_source.prepare(builder, &self::MnnDataFormat::Nchw);let prepared_dest = field_dest.prepare(builder, &self::MnnDataFormat::Nchw);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_source.is_some() {table_writer.write_entry::<self::MnnDataFormat>(0);}if prepared_dest.is_some() {table_writer.write_entry::<self::MnnDataFormat>(1);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_source) = prepared_source {object_writer.write::<_, _, 1>(&prepared_source);}if let ::core::option::Option::Some(prepared_dest) = prepared_dest {object_writer.write::<_, _, 1>(&prepared_dest);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<TensorConvertInfo>> for TensorConvertInfo {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorConvertInfo> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<TensorConvertInfo>> for TensorConvertInfo {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TensorConvertInfo>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<TensorConvertInfo> for TensorConvertInfo {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorConvertInfo> {
TensorConvertInfo::create(
builder,
self.source,
self.dest,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct TensorConvertInfoBuilder<State>(State);
impl<
> TensorConvertInfoBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn source<T0>(self, value: T0) -> TensorConvertInfoBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>
{
TensorConvertInfoBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn source_as_default(self) -> TensorConvertInfoBuilder<(
::planus::DefaultValue,
)>
{
self.source(::planus::DefaultValue)
}
}
impl<
T0,
> TensorConvertInfoBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn dest<T1>(self, value: T1) -> TensorConvertInfoBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>
{
let (
v0,
) = self.0;TensorConvertInfoBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn dest_as_default(self) -> TensorConvertInfoBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.dest(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> TensorConvertInfoBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorConvertInfo>
where Self: ::planus::WriteAsOffset<TensorConvertInfo>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAs<::planus::Offset<TensorConvertInfo>> for TensorConvertInfoBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<TensorConvertInfo>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorConvertInfo> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAsOptional<::planus::Offset<TensorConvertInfo>> for TensorConvertInfoBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<TensorConvertInfo>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<TensorConvertInfo>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
T1: ::planus::WriteAsDefault<self::MnnDataFormat, self::MnnDataFormat>,
> ::planus::WriteAsOffset<TensorConvertInfo> for TensorConvertInfoBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<TensorConvertInfo> {
let (
v0,
v1,
) = &self.0;TensorConvertInfo::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct TensorConvertInfoRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> TensorConvertInfoRef<'a> {
#[inline]
pub fn source(&self) -> ::planus::Result<self::MnnDataFormat> {
::core::result::Result::Ok(
self.0.access(0, "TensorConvertInfo", "source")
?.unwrap_or(self::MnnDataFormat::Nchw))
}
#[inline]
pub fn dest(&self) -> ::planus::Result<self::MnnDataFormat> {
::core::result::Result::Ok(
self.0.access(1, "TensorConvertInfo", "dest")
?.unwrap_or(self::MnnDataFormat::Nchw))
}
}
impl<'a> ::core::fmt::Debug for TensorConvertInfoRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("TensorConvertInfoRef");
f.field("source", &self.source());f.field("dest", &self.dest());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<TensorConvertInfoRef<'a>> for TensorConvertInfo {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: TensorConvertInfoRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
source: ::core::convert::TryInto::try_into(value.source()?)?,dest: ::core::convert::TryInto::try_into(value.dest()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for TensorConvertInfoRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for TensorConvertInfoRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[TensorConvertInfoRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<TensorConvertInfo>> for TensorConvertInfo {
type Value = ::planus::Offset<TensorConvertInfo>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<TensorConvertInfo>],
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
impl<'a> ::planus::ReadAsRoot<'a> for TensorConvertInfoRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[TensorConvertInfoRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct ListValue{
pub s: ::core::option::Option<::planus::alloc::vec::Vec<::planus::alloc::string::String>>,
pub i: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,
pub f: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub b: ::core::option::Option<::planus::alloc::vec::Vec<u8>>,
pub type_: ::core::option::Option<::planus::alloc::vec::Vec<i32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for ListValue {
fn default() -> Self {
Self {
s: ::core::default::Default::default(),
i: ::core::default::Default::default(),
f: ::core::default::Default::default(),
b: ::core::default::Default::default(),
type_: ::core::default::Default::default(),
}
}
}
impl ListValue {
#[inline]
pub fn builder() -> ListValueBuilder<()> {
ListValueBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_s: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
field_i: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
field_f: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_b: impl ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
field_type_: impl ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
) -> ::planus::Offset<Self> {let prepared_s = field_s.prepare(builder);let prepared_i = field_i.prepare(builder);let prepared_f = field_f.prepare(builder);let prepared_b = field_b.prepare(builder);let prepared_type_ = field_type_.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<14> = ::core::default::Default::default();
if prepared_s.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<str>]>>(0);}if prepared_i.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(1);}if prepared_f.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_b.is_some() {table_writer.write_entry::<::planus::Offset<[u8]>>(3);}if prepared_type_.is_some() {table_writer.write_entry::<::planus::Offset<[i32]>>(4);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_s) = prepared_s {object_writer.write::<_, _, 4>(&prepared_s);}if let ::core::option::Option::Some(prepared_i) = prepared_i {object_writer.write::<_, _, 4>(&prepared_i);}if let ::core::option::Option::Some(prepared_f) = prepared_f {object_writer.write::<_, _, 4>(&prepared_f);}if let ::core::option::Option::Some(prepared_b) = prepared_b {object_writer.write::<_, _, 4>(&prepared_b);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<ListValue>> for ListValue {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ListValue> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<ListValue>> for ListValue {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ListValue>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<ListValue> for ListValue {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ListValue> {
ListValue::create(
builder,
&self.s,
&self.i,
&self.f,
&self.b,
&self.type_,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ListValueBuilder<State>(State);
impl<
> ListValueBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn s<T0>(self, value: T0) -> ListValueBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>
{
ListValueBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn s_as_null(self) -> ListValueBuilder<(
(),
)>
{
self.s(())
}
}
impl<
T0,
> ListValueBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn i<T1>(self, value: T1) -> ListValueBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
) = self.0;ListValueBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn i_as_null(self) -> ListValueBuilder<(
T0,
(),
)>
{
self.i(())
}
}
impl<
T0,
T1,
> ListValueBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn f<T2>(self, value: T2) -> ListValueBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;ListValueBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn f_as_null(self) -> ListValueBuilder<(
T0,
T1,
(),
)>
{
self.f(())
}
}
impl<
T0,
T1,
T2,
> ListValueBuilder
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
pub fn b<T3>(self, value: T3) -> ListValueBuilder<(
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
) = self.0;ListValueBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn b_as_null(self) -> ListValueBuilder<(
T0,
T1,
T2,
(),
)>
{
self.b(())
}
}
impl<
T0,
T1,
T2,
T3,
> ListValueBuilder
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
pub fn type_<T4>(self, value: T4) -> ListValueBuilder<(
T0,
T1,
T2,
T3,
T4,
)>
where T4: ::planus::WriteAsOptional<::planus::Offset<[i32]>>
{
let (
v0,
v1,
v2,
v3,
) = self.0;ListValueBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_null(self) -> ListValueBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.type_(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> ListValueBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<ListValue>
where Self: ::planus::WriteAsOffset<ListValue>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAs<::planus::Offset<ListValue>> for ListValueBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<ListValue>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ListValue> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOptional<::planus::Offset<ListValue>> for ListValueBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
type Prepared = ::planus::Offset<ListValue>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<ListValue>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<str>]>>,
T1: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[u8]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[i32]>>,
> ::planus::WriteAsOffset<ListValue> for ListValueBuilder<(
T0,
T1,
T2,
T3,
T4,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<ListValue> {
let (
v0,
v1,
v2,
v3,
v4,
) = &self.0;ListValue::create(
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
pub struct ListValueRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> ListValueRef<'a> {
#[inline]
pub fn s(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<&'a ::core::primitive::str>>>> {
self.0.access(0, "ListValue", "s")
}
#[inline]
pub fn i(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(1, "ListValue", "i")
}
#[inline]
pub fn f(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "ListValue", "f")
}
#[inline]
pub fn b(&self) -> ::planus::Result<::core::option::Option<&'a [u8]>> {
self.0.access(3, "ListValue", "b")
}
#[inline]
pub fn type_(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, i32>>> {
self.0.access(4, "ListValue", "type_")
}
}
impl<'a> ::core::fmt::Debug for ListValueRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("ListValueRef");
if let ::core::option::Option::Some(field_s) = self.s().transpose() {
f.field("s", &field_s);
}if let ::core::option::Option::Some(field_i) = self.i().transpose() {
f.field("i", &field_i);
}if let ::core::option::Option::Some(field_f) = self.f().transpose() {
f.field("f", &field_f);
}if let ::core::option::Option::Some(field_b) = self.b().transpose() {
f.field("b", &field_b);
}if let ::core::option::Option::Some(field_type_) = self.type_().transpose() {
f.field("type_", &field_type_);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<ListValueRef<'a>> for ListValue {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: ListValueRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
s:
if let ::core::option::Option::Some(s) = value.s()? {
::core::option::Option::Some(s.to_vec_result()?)
} else {
::core::option::Option::None
}
,i:
if let ::core::option::Option::Some(i) = value.i()? {
::core::option::Option::Some(i.to_vec()?)
} else {
::core::option::Option::None
}
,f:
if let ::core::option::Option::Some(f) = value.f()? {
::core::option::Option::Some(f.to_vec()?)
} else {
::core::option::Option::None
}
,b: value.b()?.map(|v| v.to_vec()),type_:
if let ::core::option::Option::Some(type_) = value.type_()? {
::core::option::Option::Some(type_.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for ListValueRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for ListValueRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[ListValueRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<ListValue>> for ListValue {
type Value = ::planus::Offset<ListValue>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<ListValue>],
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
impl<'a> ::planus::ReadAsRoot<'a> for ListValueRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[ListValueRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Attribute{
pub s: ::core::option::Option<::planus::alloc::string::String>,
pub i: i32,
pub b: bool,
pub key: ::core::option::Option<::planus::alloc::string::String>,
pub type_: self::DataType,
pub f: f32,
pub tensor: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub list: ::core::option::Option<::planus::alloc::boxed::Box<self::ListValue>>,
pub func: ::core::option::Option<::planus::alloc::boxed::Box<self::NamedAttrList>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Attribute {
fn default() -> Self {
Self {
s: ::core::default::Default::default(),
i: 0,
b: false,
key: ::core::default::Default::default(),
type_: self::DataType::DtInvalid,
f: 0.0,
tensor: ::core::default::Default::default(),
list: ::core::default::Default::default(),
func: ::core::default::Default::default(),
}
}
}
impl Attribute {
#[inline]
pub fn builder() -> AttributeBuilder<()> {
AttributeBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_s: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_i: impl ::planus::WriteAsDefault<i32, i32>,
field_b: impl ::planus::WriteAsDefault<bool, bool>,
field_key: impl ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
field_type_: impl ::planus::WriteAsDefault<self::DataType, self::DataType>,
field_f: impl ::planus::WriteAsDefault<f32, f32>,
field_tensor: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_list: impl ::planus::WriteAsOptional<::planus::Offset<self::ListValue>>,
field_func: impl ::planus::WriteAsOptional<::planus::Offset<self::NamedAttrList>>,
) -> ::planus::Offset<Self> {let prepared_s = field_s.prepare(builder);let prepared_i = field_i.prepare(builder, &0);let prepared_b = field_b.prepare(builder, &false);let prepared_key = field_key.prepare(builder);let prepared_type_ = field_type_.prepare(builder, &self::DataType::DtInvalid);let prepared_f = field_f.prepare(builder, &0.0);let prepared_tensor = field_tensor.prepare(builder);let prepared_list = field_list.prepare(builder);let prepared_func = field_func.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<22> = ::core::default::Default::default();
if prepared_s.is_some() {table_writer.write_entry::<::planus::Offset<str>>(0);}if prepared_i.is_some() {table_writer.write_entry::<i32>(1);}if prepared_key.is_some() {table_writer.write_entry::<::planus::Offset<str>>(3);}if prepared_type_.is_some() {table_writer.write_entry::<self::DataType>(4);}if prepared_f.is_some() {table_writer.write_entry::<f32>(5);}if prepared_tensor.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(6);}if prepared_list.is_some() {table_writer.write_entry::<::planus::Offset<self::ListValue>>(7);}if prepared_func.is_some() {table_writer.write_entry::<::planus::Offset<self::NamedAttrList>>(8);}if prepared_b.is_some() {table_writer.write_entry::<bool>(2);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_s) = prepared_s {object_writer.write::<_, _, 4>(&prepared_s);}if let ::core::option::Option::Some(prepared_i) = prepared_i {object_writer.write::<_, _, 4>(&prepared_i);}if let ::core::option::Option::Some(prepared_key) = prepared_key {object_writer.write::<_, _, 4>(&prepared_key);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 4>(&prepared_type_);}if let ::core::option::Option::Some(prepared_f) = prepared_f {object_writer.write::<_, _, 4>(&prepared_f);}if let ::core::option::Option::Some(prepared_tensor) = prepared_tensor {object_writer.write::<_, _, 4>(&prepared_tensor);}if let ::core::option::Option::Some(prepared_list) = prepared_list {object_writer.write::<_, _, 4>(&prepared_list);}if let ::core::option::Option::Some(prepared_func) = prepared_func {object_writer.write::<_, _, 4>(&prepared_func);}if let ::core::option::Option::Some(prepared_b) = prepared_b {object_writer.write::<_, _, 1>(&prepared_b);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Attribute>> for Attribute {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Attribute> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Attribute>> for Attribute {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Attribute>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Attribute> for Attribute {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Attribute> {
Attribute::create(
builder,
&self.s,
self.i,
self.b,
&self.key,
self.type_,
self.f,
&self.tensor,
&self.list,
&self.func,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct AttributeBuilder<State>(State);
impl<
> AttributeBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn s<T0>(self, value: T0) -> AttributeBuilder<(
T0,
)>
where T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
AttributeBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn s_as_null(self) -> AttributeBuilder<(
(),
)>
{
self.s(())
}
}
impl<
T0,
> AttributeBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn i<T1>(self, value: T1) -> AttributeBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;AttributeBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn i_as_default(self) -> AttributeBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.i(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> AttributeBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn b<T2>(self, value: T2) -> AttributeBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<bool, bool>
{
let (
v0,
v1,
) = self.0;AttributeBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn b_as_default(self) -> AttributeBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.b(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> AttributeBuilder
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
pub fn key<T3>(self, value: T3) -> AttributeBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>
{
let (
v0,
v1,
v2,
) = self.0;AttributeBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn key_as_null(self) -> AttributeBuilder<(
T0,
T1,
T2,
(),
)>
{
self.key(())
}
}
impl<
T0,
T1,
T2,
T3,
> AttributeBuilder
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
pub fn type_<T4>(self, value: T4) -> AttributeBuilder<(
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
) = self.0;AttributeBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> AttributeBuilder<(
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
> AttributeBuilder
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
pub fn f<T5>(self, value: T5) -> AttributeBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
)>
where T5: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
v3,
v4,
) = self.0;AttributeBuilder((
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
pub fn f_as_default(self) -> AttributeBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.f(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> AttributeBuilder
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
pub fn tensor<T6>(self, value: T6) -> AttributeBuilder<(
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
) = self.0;AttributeBuilder((
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
pub fn tensor_as_null(self) -> AttributeBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.tensor(())
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
> AttributeBuilder
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
pub fn list<T7>(self, value: T7) -> AttributeBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsOptional<::planus::Offset<self::ListValue>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;AttributeBuilder((
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
pub fn list_as_null(self) -> AttributeBuilder<(
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
self.list(())
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
> AttributeBuilder
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
pub fn func<T8>(self, value: T8) -> AttributeBuilder<(
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
where T8: ::planus::WriteAsOptional<::planus::Offset<self::NamedAttrList>>
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
) = self.0;AttributeBuilder((
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
pub fn func_as_null(self) -> AttributeBuilder<(
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
self.func(())
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
> AttributeBuilder<(
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
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Attribute>
where Self: ::planus::WriteAsOffset<Attribute>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T5: ::planus::WriteAsDefault<f32, f32>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::ListValue>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::NamedAttrList>>,
> ::planus::WriteAs<::planus::Offset<Attribute>> for AttributeBuilder<(
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
type Prepared = ::planus::Offset<Attribute>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Attribute> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T5: ::planus::WriteAsDefault<f32, f32>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::ListValue>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::NamedAttrList>>,
> ::planus::WriteAsOptional<::planus::Offset<Attribute>> for AttributeBuilder<(
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
type Prepared = ::planus::Offset<Attribute>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Attribute>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<bool, bool>,
T3: ::planus::WriteAsOptional<::planus::Offset<::core::primitive::str>>,
T4: ::planus::WriteAsDefault<self::DataType, self::DataType>,
T5: ::planus::WriteAsDefault<f32, f32>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::ListValue>>,
T8: ::planus::WriteAsOptional<::planus::Offset<self::NamedAttrList>>,
> ::planus::WriteAsOffset<Attribute> for AttributeBuilder<(
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
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Attribute> {
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
) = &self.0;Attribute::create(
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
pub struct AttributeRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> AttributeRef<'a> {
#[inline]
pub fn s(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(0, "Attribute", "s")
}
#[inline]
pub fn i(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "Attribute", "i")
?.unwrap_or(0))
}
#[inline]
pub fn b(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(2, "Attribute", "b")
?.unwrap_or(false))
}
#[inline]
pub fn key(&self) -> ::planus::Result<::core::option::Option<&'a ::core::primitive::str>> {
self.0.access(3, "Attribute", "key")
}
#[inline]
pub fn type_(&self) -> ::planus::Result<self::DataType> {
::core::result::Result::Ok(
self.0.access(4, "Attribute", "type_")
?.unwrap_or(self::DataType::DtInvalid))
}
#[inline]
pub fn f(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(5, "Attribute", "f")
?.unwrap_or(0.0))
}
#[inline]
pub fn tensor(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(6, "Attribute", "tensor")
}
#[inline]
pub fn list(&self) -> ::planus::Result<::core::option::Option<self::ListValueRef<'a>>> {
self.0.access(7, "Attribute", "list")
}
#[inline]
pub fn func(&self) -> ::planus::Result<::core::option::Option<self::NamedAttrListRef<'a>>> {
self.0.access(8, "Attribute", "func")
}
}
impl<'a> ::core::fmt::Debug for AttributeRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("AttributeRef");
if let ::core::option::Option::Some(field_s) = self.s().transpose() {
f.field("s", &field_s);
}f.field("i", &self.i());f.field("b", &self.b());if let ::core::option::Option::Some(field_key) = self.key().transpose() {
f.field("key", &field_key);
}f.field("type_", &self.type_());f.field("f", &self.f());if let ::core::option::Option::Some(field_tensor) = self.tensor().transpose() {
f.field("tensor", &field_tensor);
}if let ::core::option::Option::Some(field_list) = self.list().transpose() {
f.field("list", &field_list);
}if let ::core::option::Option::Some(field_func) = self.func().transpose() {
f.field("func", &field_func);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<AttributeRef<'a>> for Attribute {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: AttributeRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
s:
value.s()?.map(::core::convert::Into::into)
,i: ::core::convert::TryInto::try_into(value.i()?)?,b: ::core::convert::TryInto::try_into(value.b()?)?,key:
value.key()?.map(::core::convert::Into::into)
,type_: ::core::convert::TryInto::try_into(value.type_()?)?,f: ::core::convert::TryInto::try_into(value.f()?)?,tensor:
if let ::core::option::Option::Some(tensor) = value.tensor()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(tensor)?))
} else {
::core::option::Option::None
}
,list:
if let ::core::option::Option::Some(list) = value.list()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(list)?))
} else {
::core::option::Option::None
}
,func:
if let ::core::option::Option::Some(func) = value.func()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(func)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for AttributeRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for AttributeRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[AttributeRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Attribute>> for Attribute {
type Value = ::planus::Offset<Attribute>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Attribute>],
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
impl<'a> ::planus::ReadAsRoot<'a> for AttributeRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[AttributeRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
Eq, Ord, Hash,
::serde::Serialize, ::serde::Deserialize
)]
pub struct NamedAttrList{
}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for NamedAttrList {
fn default() -> Self {
Self {
}
}
}
impl NamedAttrList {
#[inline]
pub fn builder() -> NamedAttrListBuilder<()> {
NamedAttrListBuilder(())
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
impl ::planus::WriteAs<::planus::Offset<NamedAttrList>> for NamedAttrList {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<NamedAttrList> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<NamedAttrList>> for NamedAttrList {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<NamedAttrList>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<NamedAttrList> for NamedAttrList {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<NamedAttrList> {
NamedAttrList::create(
builder,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct NamedAttrListBuilder<State>(State);
impl<
> NamedAttrListBuilder<(
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<NamedAttrList>
where Self: ::planus::WriteAsOffset<NamedAttrList>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
> ::planus::WriteAs<::planus::Offset<NamedAttrList>> for NamedAttrListBuilder<(
)> {
type Prepared = ::planus::Offset<NamedAttrList>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<NamedAttrList> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
> ::planus::WriteAsOptional<::planus::Offset<NamedAttrList>> for NamedAttrListBuilder<(
)> {
type Prepared = ::planus::Offset<NamedAttrList>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<NamedAttrList>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
> ::planus::WriteAsOffset<NamedAttrList> for NamedAttrListBuilder<(
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<NamedAttrList> {
NamedAttrList::create(
builder,
)
}
}
#[derive(Copy, Clone)]
pub struct NamedAttrListRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> NamedAttrListRef<'a> {
}
impl<'a> ::core::fmt::Debug for NamedAttrListRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("NamedAttrListRef");
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<NamedAttrListRef<'a>> for NamedAttrList {
type Error = ::planus::Error;
fn try_from(_value: NamedAttrListRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
})
}
}
impl<'a> ::planus::TableRead<'a> for NamedAttrListRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for NamedAttrListRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[NamedAttrListRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<NamedAttrList>> for NamedAttrList {
type Value = ::planus::Offset<NamedAttrList>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<NamedAttrList>],
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
impl<'a> ::planus::ReadAsRoot<'a> for NamedAttrListRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[NamedAttrListRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum SparseAlgo {
Random = 0,
SimdOc = 1,
}
impl SparseAlgo {
pub const ENUM_VALUES: [Self; 2] = [Self::Random,Self::SimdOc,];
}
impl ::core::convert::TryFrom<i8> for SparseAlgo {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(SparseAlgo::Random),
1 => ::core::result::Result::Ok(SparseAlgo::SimdOc),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<SparseAlgo> for i8 {
#[inline]
fn from(value: SparseAlgo) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for SparseAlgo {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<SparseAlgo> for SparseAlgo {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<SparseAlgo> for SparseAlgo {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> SparseAlgo {
*self
}
}
impl ::planus::WriteAsDefault<SparseAlgo, SparseAlgo> for SparseAlgo {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &SparseAlgo) -> ::core::option::Option<SparseAlgo> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<SparseAlgo> for SparseAlgo {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<SparseAlgo> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for SparseAlgo {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for SparseAlgo {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"SparseAlgo",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<SparseAlgo> for SparseAlgo {
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
pub struct SparseCommon{
pub method: self::SparseAlgo,
pub args: ::core::option::Option<::planus::alloc::vec::Vec<self::Attribute>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for SparseCommon {
fn default() -> Self {
Self {
method: self::SparseAlgo::Random,
args: ::core::default::Default::default(),
}
}
}
impl SparseCommon {
#[inline]
pub fn builder() -> SparseCommonBuilder<()> {
SparseCommonBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_method: impl ::planus::WriteAsDefault<self::SparseAlgo, self::SparseAlgo>,
field_args: impl ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
) -> ::planus::Offset<Self> {let prepared_method = field_method.prepare(builder, &self::SparseAlgo::Random);let prepared_args = field_args.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_args.is_some() {table_writer.write_entry::<::planus::Offset<[::planus::Offset<self::Attribute>]>>(1);}if prepared_method.is_some() {table_writer.write_entry::<self::SparseAlgo>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_args) = prepared_args {object_writer.write::<_, _, 4>(&prepared_args);}if let ::core::option::Option::Some(prepared_method) = prepared_method {object_writer.write::<_, _, 1>(&prepared_method);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<SparseCommon>> for SparseCommon {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SparseCommon> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<SparseCommon>> for SparseCommon {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SparseCommon>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<SparseCommon> for SparseCommon {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SparseCommon> {
SparseCommon::create(
builder,
self.method,
&self.args,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct SparseCommonBuilder<State>(State);
impl<
> SparseCommonBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn method<T0>(self, value: T0) -> SparseCommonBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::SparseAlgo, self::SparseAlgo>
{
SparseCommonBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn method_as_default(self) -> SparseCommonBuilder<(
::planus::DefaultValue,
)>
{
self.method(::planus::DefaultValue)
}
}
impl<
T0,
> SparseCommonBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn args<T1>(self, value: T1) -> SparseCommonBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>
{
let (
v0,
) = self.0;SparseCommonBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn args_as_null(self) -> SparseCommonBuilder<(
T0,
(),
)>
{
self.args(())
}
}
impl<
T0,
T1,
> SparseCommonBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<SparseCommon>
where Self: ::planus::WriteAsOffset<SparseCommon>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::SparseAlgo, self::SparseAlgo>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
> ::planus::WriteAs<::planus::Offset<SparseCommon>> for SparseCommonBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<SparseCommon>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SparseCommon> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::SparseAlgo, self::SparseAlgo>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
> ::planus::WriteAsOptional<::planus::Offset<SparseCommon>> for SparseCommonBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<SparseCommon>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<SparseCommon>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::SparseAlgo, self::SparseAlgo>,
T1: ::planus::WriteAsOptional<::planus::Offset<[::planus::Offset<self::Attribute>]>>,
> ::planus::WriteAsOffset<SparseCommon> for SparseCommonBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<SparseCommon> {
let (
v0,
v1,
) = &self.0;SparseCommon::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct SparseCommonRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> SparseCommonRef<'a> {
#[inline]
pub fn method(&self) -> ::planus::Result<self::SparseAlgo> {
::core::result::Result::Ok(
self.0.access(0, "SparseCommon", "method")
?.unwrap_or(self::SparseAlgo::Random))
}
#[inline]
pub fn args(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, ::planus::Result<self::AttributeRef<'a>>>>> {
self.0.access(1, "SparseCommon", "args")
}
}
impl<'a> ::core::fmt::Debug for SparseCommonRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("SparseCommonRef");
f.field("method", &self.method());if let ::core::option::Option::Some(field_args) = self.args().transpose() {
f.field("args", &field_args);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<SparseCommonRef<'a>> for SparseCommon {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: SparseCommonRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
method: ::core::convert::TryInto::try_into(value.method()?)?,args:
if let ::core::option::Option::Some(args) = value.args()? {
::core::option::Option::Some(args.to_vec_result()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for SparseCommonRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for SparseCommonRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[SparseCommonRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<SparseCommon>> for SparseCommon {
type Value = ::planus::Offset<SparseCommon>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<SparseCommon>],
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
impl<'a> ::planus::ReadAsRoot<'a> for SparseCommonRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[SparseCommonRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct InnerProduct{
pub output_count: i32,
pub bias_term: i32,
pub weight_size: i32,
pub weight: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub bias: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub axis: i32,
pub transpose: bool,
pub quan_parameter: ::core::option::Option<::planus::alloc::boxed::Box<self::IdstQuan>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for InnerProduct {
fn default() -> Self {
Self {
output_count: 0,
bias_term: 0,
weight_size: 0,
weight: ::core::default::Default::default(),
bias: ::core::default::Default::default(),
axis: 0,
transpose: false,
quan_parameter: ::core::default::Default::default(),
}
}
}
impl InnerProduct {
#[inline]
pub fn builder() -> InnerProductBuilder<()> {
InnerProductBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_output_count: impl ::planus::WriteAsDefault<i32, i32>,
field_bias_term: impl ::planus::WriteAsDefault<i32, i32>,
field_weight_size: impl ::planus::WriteAsDefault<i32, i32>,
field_weight: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_bias: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_axis: impl ::planus::WriteAsDefault<i32, i32>,
field_transpose: impl ::planus::WriteAsDefault<bool, bool>,
field_quan_parameter: impl ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>,
) -> ::planus::Offset<Self> {let prepared_output_count = field_output_count.prepare(builder, &0);let prepared_bias_term = field_bias_term.prepare(builder, &0);let prepared_weight_size = field_weight_size.prepare(builder, &0);let prepared_weight = field_weight.prepare(builder);let prepared_bias = field_bias.prepare(builder);let prepared_axis = field_axis.prepare(builder, &0);let prepared_transpose = field_transpose.prepare(builder, &false);let prepared_quan_parameter = field_quan_parameter.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<20> = ::core::default::Default::default();
if prepared_output_count.is_some() {table_writer.write_entry::<i32>(0);}if prepared_bias_term.is_some() {table_writer.write_entry::<i32>(1);}if prepared_weight_size.is_some() {table_writer.write_entry::<i32>(2);}if prepared_weight.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(3);}if prepared_bias.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(4);}if prepared_axis.is_some() {table_writer.write_entry::<i32>(5);}if prepared_quan_parameter.is_some() {table_writer.write_entry::<::planus::Offset<self::IdstQuan>>(7);}if prepared_transpose.is_some() {table_writer.write_entry::<bool>(6);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_output_count) = prepared_output_count {object_writer.write::<_, _, 4>(&prepared_output_count);}if let ::core::option::Option::Some(prepared_bias_term) = prepared_bias_term {object_writer.write::<_, _, 4>(&prepared_bias_term);}if let ::core::option::Option::Some(prepared_weight_size) = prepared_weight_size {object_writer.write::<_, _, 4>(&prepared_weight_size);}if let ::core::option::Option::Some(prepared_weight) = prepared_weight {object_writer.write::<_, _, 4>(&prepared_weight);}if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}if let ::core::option::Option::Some(prepared_axis) = prepared_axis {object_writer.write::<_, _, 4>(&prepared_axis);}if let ::core::option::Option::Some(prepared_quan_parameter) = prepared_quan_parameter {object_writer.write::<_, _, 4>(&prepared_quan_parameter);}if let ::core::option::Option::Some(prepared_transpose) = prepared_transpose {object_writer.write::<_, _, 1>(&prepared_transpose);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<InnerProduct>> for InnerProduct {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<InnerProduct> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<InnerProduct>> for InnerProduct {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<InnerProduct>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<InnerProduct> for InnerProduct {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<InnerProduct> {
InnerProduct::create(
builder,
self.output_count,
self.bias_term,
self.weight_size,
&self.weight,
&self.bias,
self.axis,
self.transpose,
&self.quan_parameter,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct InnerProductBuilder<State>(State);
impl<
> InnerProductBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_count<T0>(self, value: T0) -> InnerProductBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
InnerProductBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_count_as_default(self) -> InnerProductBuilder<(
::planus::DefaultValue,
)>
{
self.output_count(::planus::DefaultValue)
}
}
impl<
T0,
> InnerProductBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_term<T1>(self, value: T1) -> InnerProductBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;InnerProductBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_term_as_default(self) -> InnerProductBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.bias_term(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> InnerProductBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_size<T2>(self, value: T2) -> InnerProductBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;InnerProductBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_size_as_default(self) -> InnerProductBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.weight_size(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> InnerProductBuilder
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
pub fn weight<T3>(self, value: T3) -> InnerProductBuilder<(
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
) = self.0;InnerProductBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_as_null(self) -> InnerProductBuilder<(
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
> InnerProductBuilder
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
pub fn bias<T4>(self, value: T4) -> InnerProductBuilder<(
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
) = self.0;InnerProductBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_as_null(self) -> InnerProductBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> InnerProductBuilder
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
pub fn axis<T5>(self, value: T5) -> InnerProductBuilder<(
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
) = self.0;InnerProductBuilder((
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
pub fn axis_as_default(self) -> InnerProductBuilder<(
T0,
T1,
T2,
T3,
T4,
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
T5,
> InnerProductBuilder
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
pub fn transpose<T6>(self, value: T6) -> InnerProductBuilder<(
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
) = self.0;InnerProductBuilder((
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
pub fn transpose_as_default(self) -> InnerProductBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.transpose(::planus::DefaultValue)
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
> InnerProductBuilder
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
pub fn quan_parameter<T7>(self, value: T7) -> InnerProductBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;InnerProductBuilder((
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
pub fn quan_parameter_as_null(self) -> InnerProductBuilder<(
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
self.quan_parameter(())
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
> InnerProductBuilder<(
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
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<InnerProduct>
where Self: ::planus::WriteAsOffset<InnerProduct>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>,
> ::planus::WriteAs<::planus::Offset<InnerProduct>> for InnerProductBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<InnerProduct>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<InnerProduct> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>,
> ::planus::WriteAsOptional<::planus::Offset<InnerProduct>> for InnerProductBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<InnerProduct>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<InnerProduct>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<bool, bool>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::IdstQuan>>,
> ::planus::WriteAsOffset<InnerProduct> for InnerProductBuilder<(
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
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<InnerProduct> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = &self.0;InnerProduct::create(
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
pub struct InnerProductRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> InnerProductRef<'a> {
#[inline]
pub fn output_count(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "InnerProduct", "output_count")
?.unwrap_or(0))
}
#[inline]
pub fn bias_term(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "InnerProduct", "bias_term")
?.unwrap_or(0))
}
#[inline]
pub fn weight_size(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "InnerProduct", "weight_size")
?.unwrap_or(0))
}
#[inline]
pub fn weight(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(3, "InnerProduct", "weight")
}
#[inline]
pub fn bias(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(4, "InnerProduct", "bias")
}
#[inline]
pub fn axis(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "InnerProduct", "axis")
?.unwrap_or(0))
}
#[inline]
pub fn transpose(&self) -> ::planus::Result<bool> {
::core::result::Result::Ok(
self.0.access(6, "InnerProduct", "transpose")
?.unwrap_or(false))
}
#[inline]
pub fn quan_parameter(&self) -> ::planus::Result<::core::option::Option<self::IdstQuanRef<'a>>> {
self.0.access(7, "InnerProduct", "quan_parameter")
}
}
impl<'a> ::core::fmt::Debug for InnerProductRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("InnerProductRef");
f.field("output_count", &self.output_count());f.field("bias_term", &self.bias_term());f.field("weight_size", &self.weight_size());if let ::core::option::Option::Some(field_weight) = self.weight().transpose() {
f.field("weight", &field_weight);
}if let ::core::option::Option::Some(field_bias) = self.bias().transpose() {
f.field("bias", &field_bias);
}f.field("axis", &self.axis());f.field("transpose", &self.transpose());if let ::core::option::Option::Some(field_quan_parameter) = self.quan_parameter().transpose() {
f.field("quan_parameter", &field_quan_parameter);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<InnerProductRef<'a>> for InnerProduct {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: InnerProductRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
output_count: ::core::convert::TryInto::try_into(value.output_count()?)?,bias_term: ::core::convert::TryInto::try_into(value.bias_term()?)?,weight_size: ::core::convert::TryInto::try_into(value.weight_size()?)?,weight:
if let ::core::option::Option::Some(weight) = value.weight()? {
::core::option::Option::Some(weight.to_vec()?)
} else {
::core::option::Option::None
}
,bias:
if let ::core::option::Option::Some(bias) = value.bias()? {
::core::option::Option::Some(bias.to_vec()?)
} else {
::core::option::Option::None
}
,axis: ::core::convert::TryInto::try_into(value.axis()?)?,transpose: ::core::convert::TryInto::try_into(value.transpose()?)?,quan_parameter:
if let ::core::option::Option::Some(quan_parameter) = value.quan_parameter()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(quan_parameter)?))
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for InnerProductRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for InnerProductRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[InnerProductRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<InnerProduct>> for InnerProduct {
type Value = ::planus::Offset<InnerProduct>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<InnerProduct>],
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
impl<'a> ::planus::ReadAsRoot<'a> for InnerProductRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[InnerProductRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Lstm{
pub output_count: i32,
pub weight_size: i32,
pub clipping_threshold: f32,
pub weight_i: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub weight_h: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub bias: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub weight_iq: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub weight_ia: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub quant_scale: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Lstm {
fn default() -> Self {
Self {
output_count: 0,
weight_size: 0,
clipping_threshold: 0.0,
weight_i: ::core::default::Default::default(),
weight_h: ::core::default::Default::default(),
bias: ::core::default::Default::default(),
weight_iq: ::core::default::Default::default(),
weight_ia: ::core::default::Default::default(),
quant_scale: 0.0,
}
}
}
impl Lstm {
#[inline]
pub fn builder() -> LstmBuilder<()> {
LstmBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_output_count: impl ::planus::WriteAsDefault<i32, i32>,
field_weight_size: impl ::planus::WriteAsDefault<i32, i32>,
field_clipping_threshold: impl ::planus::WriteAsDefault<f32, f32>,
field_weight_i: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_weight_h: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_bias: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_weight_iq: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_weight_ia: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_quant_scale: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_output_count = field_output_count.prepare(builder, &0);let prepared_weight_size = field_weight_size.prepare(builder, &0);let prepared_clipping_threshold = field_clipping_threshold.prepare(builder, &0.0);let prepared_weight_i = field_weight_i.prepare(builder);let prepared_weight_h = field_weight_h.prepare(builder);let prepared_bias = field_bias.prepare(builder);let prepared_weight_iq = field_weight_iq.prepare(builder);let prepared_weight_ia = field_weight_ia.prepare(builder);let prepared_quant_scale = field_quant_scale.prepare(builder, &0.0);
let mut table_writer: ::planus::table_writer::TableWriter::<22> = ::core::default::Default::default();
if prepared_output_count.is_some() {table_writer.write_entry::<i32>(0);}if prepared_weight_size.is_some() {table_writer.write_entry::<i32>(1);}if prepared_clipping_threshold.is_some() {table_writer.write_entry::<f32>(2);}if prepared_weight_i.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(3);}if prepared_weight_h.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(4);}if prepared_bias.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(5);}if prepared_weight_iq.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(6);}if prepared_weight_ia.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(7);}if prepared_quant_scale.is_some() {table_writer.write_entry::<f32>(8);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_output_count) = prepared_output_count {object_writer.write::<_, _, 4>(&prepared_output_count);}if let ::core::option::Option::Some(prepared_weight_size) = prepared_weight_size {object_writer.write::<_, _, 4>(&prepared_weight_size);}if let ::core::option::Option::Some(prepared_clipping_threshold) = prepared_clipping_threshold {object_writer.write::<_, _, 4>(&prepared_clipping_threshold);}if let ::core::option::Option::Some(prepared_weight_i) = prepared_weight_i {object_writer.write::<_, _, 4>(&prepared_weight_i);}if let ::core::option::Option::Some(prepared_weight_h) = prepared_weight_h {object_writer.write::<_, _, 4>(&prepared_weight_h);}if let ::core::option::Option::Some(prepared_bias) = prepared_bias {object_writer.write::<_, _, 4>(&prepared_bias);}if let ::core::option::Option::Some(prepared_weight_iq) = prepared_weight_iq {object_writer.write::<_, _, 4>(&prepared_weight_iq);}if let ::core::option::Option::Some(prepared_weight_ia) = prepared_weight_ia {object_writer.write::<_, _, 4>(&prepared_weight_ia);}if let ::core::option::Option::Some(prepared_quant_scale) = prepared_quant_scale {object_writer.write::<_, _, 4>(&prepared_quant_scale);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Lstm>> for Lstm {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lstm> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Lstm>> for Lstm {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Lstm>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Lstm> for Lstm {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lstm> {
Lstm::create(
builder,
self.output_count,
self.weight_size,
self.clipping_threshold,
&self.weight_i,
&self.weight_h,
&self.bias,
&self.weight_iq,
&self.weight_ia,
self.quant_scale,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct LstmBuilder<State>(State);
impl<
> LstmBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_count<T0>(self, value: T0) -> LstmBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
LstmBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn output_count_as_default(self) -> LstmBuilder<(
::planus::DefaultValue,
)>
{
self.output_count(::planus::DefaultValue)
}
}
impl<
T0,
> LstmBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_size<T1>(self, value: T1) -> LstmBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;LstmBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_size_as_default(self) -> LstmBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.weight_size(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> LstmBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn clipping_threshold<T2>(self, value: T2) -> LstmBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
) = self.0;LstmBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn clipping_threshold_as_default(self) -> LstmBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.clipping_threshold(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> LstmBuilder
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
pub fn weight_i<T3>(self, value: T3) -> LstmBuilder<(
T0,
T1,
T2,
T3,
)>
where T3: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>
{
let (
v0,
v1,
v2,
) = self.0;LstmBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_i_as_null(self) -> LstmBuilder<(
T0,
T1,
T2,
(),
)>
{
self.weight_i(())
}
}
impl<
T0,
T1,
T2,
T3,
> LstmBuilder
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
pub fn weight_h<T4>(self, value: T4) -> LstmBuilder<(
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
) = self.0;LstmBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn weight_h_as_null(self) -> LstmBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.weight_h(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> LstmBuilder
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
pub fn bias<T5>(self, value: T5) -> LstmBuilder<(
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
) = self.0;LstmBuilder((
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
pub fn bias_as_null(self) -> LstmBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.bias(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> LstmBuilder
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
pub fn weight_iq<T6>(self, value: T6) -> LstmBuilder<(
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
) = self.0;LstmBuilder((
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
pub fn weight_iq_as_null(self) -> LstmBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.weight_iq(())
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
> LstmBuilder
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
pub fn weight_ia<T7>(self, value: T7) -> LstmBuilder<(
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
) = self.0;LstmBuilder((
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
pub fn weight_ia_as_null(self) -> LstmBuilder<(
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
self.weight_ia(())
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
> LstmBuilder
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
pub fn quant_scale<T8>(self, value: T8) -> LstmBuilder<(
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
where T8: ::planus::WriteAsDefault<f32, f32>
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
) = self.0;LstmBuilder((
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
pub fn quant_scale_as_default(self) -> LstmBuilder<(
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
self.quant_scale(::planus::DefaultValue)
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
> LstmBuilder<(
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
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lstm>
where Self: ::planus::WriteAsOffset<Lstm>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<Lstm>> for LstmBuilder<(
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
type Prepared = ::planus::Offset<Lstm>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lstm> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<Lstm>> for LstmBuilder<(
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
type Prepared = ::planus::Offset<Lstm>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Lstm>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<i32, i32>,
T2: ::planus::WriteAsDefault<f32, f32>,
T3: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T4: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T5: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T6: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T7: ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
T8: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<Lstm> for LstmBuilder<(
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
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Lstm> {
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
) = &self.0;Lstm::create(
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
pub struct LstmRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> LstmRef<'a> {
#[inline]
pub fn output_count(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "Lstm", "output_count")
?.unwrap_or(0))
}
#[inline]
pub fn weight_size(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(1, "Lstm", "weight_size")
?.unwrap_or(0))
}
#[inline]
pub fn clipping_threshold(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(2, "Lstm", "clipping_threshold")
?.unwrap_or(0.0))
}
#[inline]
pub fn weight_i(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(3, "Lstm", "weight_i")
}
#[inline]
pub fn weight_h(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(4, "Lstm", "weight_h")
}
#[inline]
pub fn bias(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(5, "Lstm", "bias")
}
#[inline]
pub fn weight_iq(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(6, "Lstm", "weight_iq")
}
#[inline]
pub fn weight_ia(&self) -> ::planus::Result<::core::option::Option<self::BlobRef<'a>>> {
self.0.access(7, "Lstm", "weight_ia")
}
#[inline]
pub fn quant_scale(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(8, "Lstm", "quant_scale")
?.unwrap_or(0.0))
}
}
impl<'a> ::core::fmt::Debug for LstmRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("LstmRef");
f.field("output_count", &self.output_count());f.field("weight_size", &self.weight_size());f.field("clipping_threshold", &self.clipping_threshold());if let ::core::option::Option::Some(field_weight_i) = self.weight_i().transpose() {
f.field("weight_i", &field_weight_i);
}if let ::core::option::Option::Some(field_weight_h) = self.weight_h().transpose() {
f.field("weight_h", &field_weight_h);
}if let ::core::option::Option::Some(field_bias) = self.bias().transpose() {
f.field("bias", &field_bias);
}if let ::core::option::Option::Some(field_weight_iq) = self.weight_iq().transpose() {
f.field("weight_iq", &field_weight_iq);
}if let ::core::option::Option::Some(field_weight_ia) = self.weight_ia().transpose() {
f.field("weight_ia", &field_weight_ia);
}f.field("quant_scale", &self.quant_scale());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<LstmRef<'a>> for Lstm {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: LstmRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
output_count: ::core::convert::TryInto::try_into(value.output_count()?)?,weight_size: ::core::convert::TryInto::try_into(value.weight_size()?)?,clipping_threshold: ::core::convert::TryInto::try_into(value.clipping_threshold()?)?,weight_i:
if let ::core::option::Option::Some(weight_i) = value.weight_i()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(weight_i)?))
} else {
::core::option::Option::None
}
,weight_h:
if let ::core::option::Option::Some(weight_h) = value.weight_h()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(weight_h)?))
} else {
::core::option::Option::None
}
,bias:
if let ::core::option::Option::Some(bias) = value.bias()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(bias)?))
} else {
::core::option::Option::None
}
,weight_iq:
if let ::core::option::Option::Some(weight_iq) = value.weight_iq()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(weight_iq)?))
} else {
::core::option::Option::None
}
,weight_ia:
if let ::core::option::Option::Some(weight_ia) = value.weight_ia()? {
::core::option::Option::Some(::planus::alloc::boxed::Box::new(::core::convert::TryInto::try_into(weight_ia)?))
} else {
::core::option::Option::None
}
,quant_scale: ::core::convert::TryInto::try_into(value.quant_scale()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for LstmRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for LstmRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[LstmRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Lstm>> for Lstm {
type Value = ::planus::Offset<Lstm>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Lstm>],
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
impl<'a> ::planus::ReadAsRoot<'a> for LstmRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[LstmRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct BatchNorm{
pub channels: i32,
pub slope_data: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub mean_data: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub var_data: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub bias_data: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub adata: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub bdata: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,
pub epsilon: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for BatchNorm {
fn default() -> Self {
Self {
channels: 0,
slope_data: ::core::default::Default::default(),
mean_data: ::core::default::Default::default(),
var_data: ::core::default::Default::default(),
bias_data: ::core::default::Default::default(),
adata: ::core::default::Default::default(),
bdata: ::core::default::Default::default(),
epsilon: 0.001,
}
}
}
impl BatchNorm {
#[inline]
pub fn builder() -> BatchNormBuilder<()> {
BatchNormBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_channels: impl ::planus::WriteAsDefault<i32, i32>,
field_slope_data: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_mean_data: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_var_data: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_bias_data: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_adata: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_bdata: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
field_epsilon: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_channels = field_channels.prepare(builder, &0);let prepared_slope_data = field_slope_data.prepare(builder);let prepared_mean_data = field_mean_data.prepare(builder);let prepared_var_data = field_var_data.prepare(builder);let prepared_bias_data = field_bias_data.prepare(builder);let prepared_adata = field_adata.prepare(builder);let prepared_bdata = field_bdata.prepare(builder);let prepared_epsilon = field_epsilon.prepare(builder, &0.001);
let mut table_writer: ::planus::table_writer::TableWriter::<20> = ::core::default::Default::default();
if prepared_channels.is_some() {table_writer.write_entry::<i32>(0);}if prepared_slope_data.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(1);}if prepared_mean_data.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(2);}if prepared_var_data.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(3);}if prepared_bias_data.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(4);}if prepared_adata.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(5);}if prepared_bdata.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(6);}if prepared_epsilon.is_some() {table_writer.write_entry::<f32>(7);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_channels) = prepared_channels {object_writer.write::<_, _, 4>(&prepared_channels);}if let ::core::option::Option::Some(prepared_slope_data) = prepared_slope_data {object_writer.write::<_, _, 4>(&prepared_slope_data);}if let ::core::option::Option::Some(prepared_mean_data) = prepared_mean_data {object_writer.write::<_, _, 4>(&prepared_mean_data);}if let ::core::option::Option::Some(prepared_var_data) = prepared_var_data {object_writer.write::<_, _, 4>(&prepared_var_data);}if let ::core::option::Option::Some(prepared_bias_data) = prepared_bias_data {object_writer.write::<_, _, 4>(&prepared_bias_data);}if let ::core::option::Option::Some(prepared_adata) = prepared_adata {object_writer.write::<_, _, 4>(&prepared_adata);}if let ::core::option::Option::Some(prepared_bdata) = prepared_bdata {object_writer.write::<_, _, 4>(&prepared_bdata);}if let ::core::option::Option::Some(prepared_epsilon) = prepared_epsilon {object_writer.write::<_, _, 4>(&prepared_epsilon);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<BatchNorm>> for BatchNorm {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchNorm> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<BatchNorm>> for BatchNorm {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<BatchNorm>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<BatchNorm> for BatchNorm {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchNorm> {
BatchNorm::create(
builder,
self.channels,
&self.slope_data,
&self.mean_data,
&self.var_data,
&self.bias_data,
&self.adata,
&self.bdata,
self.epsilon,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct BatchNormBuilder<State>(State);
impl<
> BatchNormBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn channels<T0>(self, value: T0) -> BatchNormBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
BatchNormBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn channels_as_default(self) -> BatchNormBuilder<(
::planus::DefaultValue,
)>
{
self.channels(::planus::DefaultValue)
}
}
impl<
T0,
> BatchNormBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn slope_data<T1>(self, value: T1) -> BatchNormBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
) = self.0;BatchNormBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn slope_data_as_null(self) -> BatchNormBuilder<(
T0,
(),
)>
{
self.slope_data(())
}
}
impl<
T0,
T1,
> BatchNormBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn mean_data<T2>(self, value: T2) -> BatchNormBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
v1,
) = self.0;BatchNormBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn mean_data_as_null(self) -> BatchNormBuilder<(
T0,
T1,
(),
)>
{
self.mean_data(())
}
}
impl<
T0,
T1,
T2,
> BatchNormBuilder
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
pub fn var_data<T3>(self, value: T3) -> BatchNormBuilder<(
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
) = self.0;BatchNormBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn var_data_as_null(self) -> BatchNormBuilder<(
T0,
T1,
T2,
(),
)>
{
self.var_data(())
}
}
impl<
T0,
T1,
T2,
T3,
> BatchNormBuilder
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
pub fn bias_data<T4>(self, value: T4) -> BatchNormBuilder<(
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
) = self.0;BatchNormBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn bias_data_as_null(self) -> BatchNormBuilder<(
T0,
T1,
T2,
T3,
(),
)>
{
self.bias_data(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> BatchNormBuilder
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
pub fn adata<T5>(self, value: T5) -> BatchNormBuilder<(
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
) = self.0;BatchNormBuilder((
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
pub fn adata_as_null(self) -> BatchNormBuilder<(
T0,
T1,
T2,
T3,
T4,
(),
)>
{
self.adata(())
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> BatchNormBuilder
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
pub fn bdata<T6>(self, value: T6) -> BatchNormBuilder<(
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
) = self.0;BatchNormBuilder((
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
pub fn bdata_as_null(self) -> BatchNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.bdata(())
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
> BatchNormBuilder
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
pub fn epsilon<T7>(self, value: T7) -> BatchNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)>
where T7: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
) = self.0;BatchNormBuilder((
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
pub fn epsilon_as_default(self) -> BatchNormBuilder<(
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
self.epsilon(::planus::DefaultValue)
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
> BatchNormBuilder<(
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
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchNorm>
where Self: ::planus::WriteAsOffset<BatchNorm>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T7: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<BatchNorm>> for BatchNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<BatchNorm>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchNorm> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T7: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<BatchNorm>> for BatchNormBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
T6,
T7,
)> {
type Prepared = ::planus::Offset<BatchNorm>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<BatchNorm>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T2: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T3: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T4: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T5: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T6: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
T7: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<BatchNorm> for BatchNormBuilder<(
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
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<BatchNorm> {
let (
v0,
v1,
v2,
v3,
v4,
v5,
v6,
v7,
) = &self.0;BatchNorm::create(
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
pub struct BatchNormRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> BatchNormRef<'a> {
#[inline]
pub fn channels(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "BatchNorm", "channels")
?.unwrap_or(0))
}
#[inline]
pub fn slope_data(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(1, "BatchNorm", "slope_data")
}
#[inline]
pub fn mean_data(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(2, "BatchNorm", "mean_data")
}
#[inline]
pub fn var_data(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(3, "BatchNorm", "var_data")
}
#[inline]
pub fn bias_data(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(4, "BatchNorm", "bias_data")
}
#[inline]
pub fn adata(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(5, "BatchNorm", "adata")
}
#[inline]
pub fn bdata(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(6, "BatchNorm", "bdata")
}
#[inline]
pub fn epsilon(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(7, "BatchNorm", "epsilon")
?.unwrap_or(0.001))
}
}
impl<'a> ::core::fmt::Debug for BatchNormRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("BatchNormRef");
f.field("channels", &self.channels());if let ::core::option::Option::Some(field_slope_data) = self.slope_data().transpose() {
f.field("slope_data", &field_slope_data);
}if let ::core::option::Option::Some(field_mean_data) = self.mean_data().transpose() {
f.field("mean_data", &field_mean_data);
}if let ::core::option::Option::Some(field_var_data) = self.var_data().transpose() {
f.field("var_data", &field_var_data);
}if let ::core::option::Option::Some(field_bias_data) = self.bias_data().transpose() {
f.field("bias_data", &field_bias_data);
}if let ::core::option::Option::Some(field_adata) = self.adata().transpose() {
f.field("adata", &field_adata);
}if let ::core::option::Option::Some(field_bdata) = self.bdata().transpose() {
f.field("bdata", &field_bdata);
}f.field("epsilon", &self.epsilon());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<BatchNormRef<'a>> for BatchNorm {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: BatchNormRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
channels: ::core::convert::TryInto::try_into(value.channels()?)?,slope_data:
if let ::core::option::Option::Some(slope_data) = value.slope_data()? {
::core::option::Option::Some(slope_data.to_vec()?)
} else {
::core::option::Option::None
}
,mean_data:
if let ::core::option::Option::Some(mean_data) = value.mean_data()? {
::core::option::Option::Some(mean_data.to_vec()?)
} else {
::core::option::Option::None
}
,var_data:
if let ::core::option::Option::Some(var_data) = value.var_data()? {
::core::option::Option::Some(var_data.to_vec()?)
} else {
::core::option::Option::None
}
,bias_data:
if let ::core::option::Option::Some(bias_data) = value.bias_data()? {
::core::option::Option::Some(bias_data.to_vec()?)
} else {
::core::option::Option::None
}
,adata:
if let ::core::option::Option::Some(adata) = value.adata()? {
::core::option::Option::Some(adata.to_vec()?)
} else {
::core::option::Option::None
}
,bdata:
if let ::core::option::Option::Some(bdata) = value.bdata()? {
::core::option::Option::Some(bdata.to_vec()?)
} else {
::core::option::Option::None
}
,epsilon: ::core::convert::TryInto::try_into(value.epsilon()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for BatchNormRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for BatchNormRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[BatchNormRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<BatchNorm>> for BatchNorm {
type Value = ::planus::Offset<BatchNorm>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<BatchNorm>],
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
impl<'a> ::planus::ReadAsRoot<'a> for BatchNormRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[BatchNormRef]",
"read_as_root",
0,
))
}
}
#[derive(Copy, Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]#[repr(i8)]pub enum EltwiseType {
Prod = 0,
Sum = 1,
Maximum = 2,
Sub = 3,
}
impl EltwiseType {
pub const ENUM_VALUES: [Self; 4] = [Self::Prod,Self::Sum,Self::Maximum,Self::Sub,];
}
impl ::core::convert::TryFrom<i8> for EltwiseType {
type Error = ::planus::errors::UnknownEnumTagKind;
#[inline]
fn try_from(value: i8) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTagKind> {
#[allow(clippy::match_single_binding)]
match value {
0 => ::core::result::Result::Ok(EltwiseType::Prod),
1 => ::core::result::Result::Ok(EltwiseType::Sum),
2 => ::core::result::Result::Ok(EltwiseType::Maximum),
3 => ::core::result::Result::Ok(EltwiseType::Sub),
_ => ::core::result::Result::Err(::planus::errors::UnknownEnumTagKind { tag: value as i128 }),
}
}
}
impl ::core::convert::From<EltwiseType> for i8 {
#[inline]
fn from(value: EltwiseType) -> Self {
value as i8
}
}
unsafe impl ::planus::Primitive for EltwiseType {
const ALIGNMENT: usize = 1;
const SIZE: usize = 1;
}
impl ::planus::WriteAsPrimitive<EltwiseType> for EltwiseType {
#[inline]
fn write<const N: usize>(&self, cursor: ::planus::Cursor<'_, N>, buffer_position: u32) {
(*self as i8).write(cursor, buffer_position);
}
}
impl ::planus::WriteAs<EltwiseType> for EltwiseType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> EltwiseType {
*self
}
}
impl ::planus::WriteAsDefault<EltwiseType, EltwiseType> for EltwiseType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder, default: &EltwiseType) -> ::core::option::Option<EltwiseType> {
if self == default {
::core::option::Option::None
} else {
::core::option::Option::Some(*self)
}
}
}
impl ::planus::WriteAsOptional<EltwiseType> for EltwiseType {
type Prepared = Self;
#[inline]
fn prepare(&self, _builder: &mut ::planus::Builder) -> ::core::option::Option<EltwiseType> {
::core::option::Option::Some(*self)
}
}
impl<'buf> ::planus::TableRead<'buf> for EltwiseType {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'buf>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
let n: i8 = ::planus::TableRead::from_buffer(buffer, offset)?;
::core::result::Result::Ok(::core::convert::TryInto::try_into(n)?)
}
}
impl<'buf> ::planus::VectorReadInner<'buf> for EltwiseType {
type Error = ::planus::errors::UnknownEnumTag;
const STRIDE: usize = 1;
#[inline]
unsafe fn from_buffer(
buffer: ::planus::SliceWithStartOffset<'buf>,
offset: usize,
) -> ::core::result::Result<Self, ::planus::errors::UnknownEnumTag> {let value = unsafe { *buffer.buffer.get_unchecked(offset) as i8 };let value: ::core::result::Result<Self, _> = ::core::convert::TryInto::try_into(value);
value.map_err(|error_kind| error_kind.with_error_location(
"EltwiseType",
"VectorRead::from_buffer",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<EltwiseType> for EltwiseType {
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
pub struct Eltwise{
pub type_: self::EltwiseType,
pub coeff: ::core::option::Option<::planus::alloc::vec::Vec<f32>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Eltwise {
fn default() -> Self {
Self {
type_: self::EltwiseType::Prod,
coeff: ::core::default::Default::default(),
}
}
}
impl Eltwise {
#[inline]
pub fn builder() -> EltwiseBuilder<()> {
EltwiseBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_type_: impl ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>,
field_coeff: impl ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
) -> ::planus::Offset<Self> {let prepared_type_ = field_type_.prepare(builder, &self::EltwiseType::Prod);let prepared_coeff = field_coeff.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<8> = ::core::default::Default::default();
if prepared_coeff.is_some() {table_writer.write_entry::<::planus::Offset<[f32]>>(1);}if prepared_type_.is_some() {table_writer.write_entry::<self::EltwiseType>(0);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_coeff) = prepared_coeff {object_writer.write::<_, _, 4>(&prepared_coeff);}if let ::core::option::Option::Some(prepared_type_) = prepared_type_ {object_writer.write::<_, _, 1>(&prepared_type_);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Eltwise>> for Eltwise {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Eltwise> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Eltwise>> for Eltwise {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Eltwise>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Eltwise> for Eltwise {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Eltwise> {
Eltwise::create(
builder,
self.type_,
&self.coeff,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct EltwiseBuilder<State>(State);
impl<
> EltwiseBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_<T0>(self, value: T0) -> EltwiseBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>
{
EltwiseBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn type_as_default(self) -> EltwiseBuilder<(
::planus::DefaultValue,
)>
{
self.type_(::planus::DefaultValue)
}
}
impl<
T0,
> EltwiseBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn coeff<T1>(self, value: T1) -> EltwiseBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>
{
let (
v0,
) = self.0;EltwiseBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn coeff_as_null(self) -> EltwiseBuilder<(
T0,
(),
)>
{
self.coeff(())
}
}
impl<
T0,
T1,
> EltwiseBuilder<(
T0,
T1,
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<Eltwise>
where Self: ::planus::WriteAsOffset<Eltwise>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAs<::planus::Offset<Eltwise>> for EltwiseBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Eltwise>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Eltwise> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOptional<::planus::Offset<Eltwise>> for EltwiseBuilder<(
T0,
T1,
)> {
type Prepared = ::planus::Offset<Eltwise>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Eltwise>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<self::EltwiseType, self::EltwiseType>,
T1: ::planus::WriteAsOptional<::planus::Offset<[f32]>>,
> ::planus::WriteAsOffset<Eltwise> for EltwiseBuilder<(
T0,
T1,
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Eltwise> {
let (
v0,
v1,
) = &self.0;Eltwise::create(
builder,
v0,
v1,
)
}
}
#[derive(Copy, Clone)]
pub struct EltwiseRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> EltwiseRef<'a> {
#[inline]
pub fn type_(&self) -> ::planus::Result<self::EltwiseType> {
::core::result::Result::Ok(
self.0.access(0, "Eltwise", "type_")
?.unwrap_or(self::EltwiseType::Prod))
}
#[inline]
pub fn coeff(&self) -> ::planus::Result<::core::option::Option<::planus::Vector<'a, f32>>> {
self.0.access(1, "Eltwise", "coeff")
}
}
impl<'a> ::core::fmt::Debug for EltwiseRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("EltwiseRef");
f.field("type_", &self.type_());if let ::core::option::Option::Some(field_coeff) = self.coeff().transpose() {
f.field("coeff", &field_coeff);
}
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<EltwiseRef<'a>> for Eltwise {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: EltwiseRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
type_: ::core::convert::TryInto::try_into(value.type_()?)?,coeff:
if let ::core::option::Option::Some(coeff) = value.coeff()? {
::core::option::Option::Some(coeff.to_vec()?)
} else {
::core::option::Option::None
}
,
})
}
}
impl<'a> ::planus::TableRead<'a> for EltwiseRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for EltwiseRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[EltwiseRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<Eltwise>> for Eltwise {
type Value = ::planus::Offset<Eltwise>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<Eltwise>],
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
impl<'a> ::planus::ReadAsRoot<'a> for EltwiseRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[EltwiseRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct DetectionOutput{
pub class_count: i32,
pub nms_thresholdold: f32,
pub nms_top_k: i32,
pub keep_top_k: i32,
pub confidence_threshold: f32,
pub share_location: i32,
pub background_lable: i32,
pub variance_encoded_target: i32,
pub code_type: i32,
pub objectness_score: f32,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for DetectionOutput {
fn default() -> Self {
Self {
class_count: 0,
nms_thresholdold: 0.0,
nms_top_k: 0,
keep_top_k: 0,
confidence_threshold: 0.0,
share_location: 0,
background_lable: 0,
variance_encoded_target: 0,
code_type: 0,
objectness_score: 0.01,
}
}
}
impl DetectionOutput {
#[inline]
pub fn builder() -> DetectionOutputBuilder<()> {
DetectionOutputBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_class_count: impl ::planus::WriteAsDefault<i32, i32>,
field_nms_thresholdold: impl ::planus::WriteAsDefault<f32, f32>,
field_nms_top_k: impl ::planus::WriteAsDefault<i32, i32>,
field_keep_top_k: impl ::planus::WriteAsDefault<i32, i32>,
field_confidence_threshold: impl ::planus::WriteAsDefault<f32, f32>,
field_share_location: impl ::planus::WriteAsDefault<i32, i32>,
field_background_lable: impl ::planus::WriteAsDefault<i32, i32>,
field_variance_encoded_target: impl ::planus::WriteAsDefault<i32, i32>,
field_code_type: impl ::planus::WriteAsDefault<i32, i32>,
field_objectness_score: impl ::planus::WriteAsDefault<f32, f32>,
) -> ::planus::Offset<Self> {let prepared_class_count = field_class_count.prepare(builder, &0);let prepared_nms_thresholdold = field_nms_thresholdold.prepare(builder, &0.0);let prepared_nms_top_k = field_nms_top_k.prepare(builder, &0);let prepared_keep_top_k = field_keep_top_k.prepare(builder, &0);let prepared_confidence_threshold = field_confidence_threshold.prepare(builder, &0.0);let prepared_share_location = field_share_location.prepare(builder, &0);let prepared_background_lable = field_background_lable.prepare(builder, &0);let prepared_variance_encoded_target = field_variance_encoded_target.prepare(builder, &0);let prepared_code_type = field_code_type.prepare(builder, &0);let prepared_objectness_score = field_objectness_score.prepare(builder, &0.01);
let mut table_writer: ::planus::table_writer::TableWriter::<24> = ::core::default::Default::default();
if prepared_class_count.is_some() {table_writer.write_entry::<i32>(0);}if prepared_nms_thresholdold.is_some() {table_writer.write_entry::<f32>(1);}if prepared_nms_top_k.is_some() {table_writer.write_entry::<i32>(2);}if prepared_keep_top_k.is_some() {table_writer.write_entry::<i32>(3);}if prepared_confidence_threshold.is_some() {table_writer.write_entry::<f32>(4);}if prepared_share_location.is_some() {table_writer.write_entry::<i32>(5);}if prepared_background_lable.is_some() {table_writer.write_entry::<i32>(6);}if prepared_variance_encoded_target.is_some() {table_writer.write_entry::<i32>(7);}if prepared_code_type.is_some() {table_writer.write_entry::<i32>(8);}if prepared_objectness_score.is_some() {table_writer.write_entry::<f32>(9);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_class_count) = prepared_class_count {object_writer.write::<_, _, 4>(&prepared_class_count);}if let ::core::option::Option::Some(prepared_nms_thresholdold) = prepared_nms_thresholdold {object_writer.write::<_, _, 4>(&prepared_nms_thresholdold);}if let ::core::option::Option::Some(prepared_nms_top_k) = prepared_nms_top_k {object_writer.write::<_, _, 4>(&prepared_nms_top_k);}if let ::core::option::Option::Some(prepared_keep_top_k) = prepared_keep_top_k {object_writer.write::<_, _, 4>(&prepared_keep_top_k);}if let ::core::option::Option::Some(prepared_confidence_threshold) = prepared_confidence_threshold {object_writer.write::<_, _, 4>(&prepared_confidence_threshold);}if let ::core::option::Option::Some(prepared_share_location) = prepared_share_location {object_writer.write::<_, _, 4>(&prepared_share_location);}if let ::core::option::Option::Some(prepared_background_lable) = prepared_background_lable {object_writer.write::<_, _, 4>(&prepared_background_lable);}if let ::core::option::Option::Some(prepared_variance_encoded_target) = prepared_variance_encoded_target {object_writer.write::<_, _, 4>(&prepared_variance_encoded_target);}if let ::core::option::Option::Some(prepared_code_type) = prepared_code_type {object_writer.write::<_, _, 4>(&prepared_code_type);}if let ::core::option::Option::Some(prepared_objectness_score) = prepared_objectness_score {object_writer.write::<_, _, 4>(&prepared_objectness_score);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<DetectionOutput>> for DetectionOutput {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionOutput> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<DetectionOutput>> for DetectionOutput {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<DetectionOutput>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<DetectionOutput> for DetectionOutput {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionOutput> {
DetectionOutput::create(
builder,
self.class_count,
self.nms_thresholdold,
self.nms_top_k,
self.keep_top_k,
self.confidence_threshold,
self.share_location,
self.background_lable,
self.variance_encoded_target,
self.code_type,
self.objectness_score,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct DetectionOutputBuilder<State>(State);
impl<
> DetectionOutputBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn class_count<T0>(self, value: T0) -> DetectionOutputBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
DetectionOutputBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn class_count_as_default(self) -> DetectionOutputBuilder<(
::planus::DefaultValue,
)>
{
self.class_count(::planus::DefaultValue)
}
}
impl<
T0,
> DetectionOutputBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn nms_thresholdold<T1>(self, value: T1) -> DetectionOutputBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<f32, f32>
{
let (
v0,
) = self.0;DetectionOutputBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn nms_thresholdold_as_default(self) -> DetectionOutputBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.nms_thresholdold(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> DetectionOutputBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn nms_top_k<T2>(self, value: T2) -> DetectionOutputBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;DetectionOutputBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn nms_top_k_as_default(self) -> DetectionOutputBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.nms_top_k(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> DetectionOutputBuilder
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
pub fn keep_top_k<T3>(self, value: T3) -> DetectionOutputBuilder<(
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
) = self.0;DetectionOutputBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn keep_top_k_as_default(self) -> DetectionOutputBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.keep_top_k(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> DetectionOutputBuilder
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
pub fn confidence_threshold<T4>(self, value: T4) -> DetectionOutputBuilder<(
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
) = self.0;DetectionOutputBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn confidence_threshold_as_default(self) -> DetectionOutputBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.confidence_threshold(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> DetectionOutputBuilder
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
pub fn share_location<T5>(self, value: T5) -> DetectionOutputBuilder<(
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
) = self.0;DetectionOutputBuilder((
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
pub fn share_location_as_default(self) -> DetectionOutputBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.share_location(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> DetectionOutputBuilder
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
pub fn background_lable<T6>(self, value: T6) -> DetectionOutputBuilder<(
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
) = self.0;DetectionOutputBuilder((
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
pub fn background_lable_as_default(self) -> DetectionOutputBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
::planus::DefaultValue,
)>
{
self.background_lable(::planus::DefaultValue)
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
> DetectionOutputBuilder
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
pub fn variance_encoded_target<T7>(self, value: T7) -> DetectionOutputBuilder<(
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
) = self.0;DetectionOutputBuilder((
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
pub fn variance_encoded_target_as_default(self) -> DetectionOutputBuilder<(
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
self.variance_encoded_target(::planus::DefaultValue)
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
> DetectionOutputBuilder
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
pub fn code_type<T8>(self, value: T8) -> DetectionOutputBuilder<(
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
) = self.0;DetectionOutputBuilder((
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
pub fn code_type_as_default(self) -> DetectionOutputBuilder<(
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
self.code_type(::planus::DefaultValue)
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
> DetectionOutputBuilder
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
pub fn objectness_score<T9>(self, value: T9) -> DetectionOutputBuilder<(
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
where T9: ::planus::WriteAsDefault<f32, f32>
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
) = self.0;DetectionOutputBuilder((
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
pub fn objectness_score_as_default(self) -> DetectionOutputBuilder<(
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
self.objectness_score(::planus::DefaultValue)
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
> DetectionOutputBuilder<(
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
)> {
#[inline]
pub fn finish(self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionOutput>
where Self: ::planus::WriteAsOffset<DetectionOutput>
{
::planus::WriteAsOffset::prepare(&self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAs<::planus::Offset<DetectionOutput>> for DetectionOutputBuilder<(
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
)> {
type Prepared = ::planus::Offset<DetectionOutput>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionOutput> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOptional<::planus::Offset<DetectionOutput>> for DetectionOutputBuilder<(
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
)> {
type Prepared = ::planus::Offset<DetectionOutput>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<DetectionOutput>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl<
T0: ::planus::WriteAsDefault<i32, i32>,
T1: ::planus::WriteAsDefault<f32, f32>,
T2: ::planus::WriteAsDefault<i32, i32>,
T3: ::planus::WriteAsDefault<i32, i32>,
T4: ::planus::WriteAsDefault<f32, f32>,
T5: ::planus::WriteAsDefault<i32, i32>,
T6: ::planus::WriteAsDefault<i32, i32>,
T7: ::planus::WriteAsDefault<i32, i32>,
T8: ::planus::WriteAsDefault<i32, i32>,
T9: ::planus::WriteAsDefault<f32, f32>,
> ::planus::WriteAsOffset<DetectionOutput> for DetectionOutputBuilder<(
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
)> {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<DetectionOutput> {
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
) = &self.0;DetectionOutput::create(
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
)
}
}
#[derive(Copy, Clone)]
pub struct DetectionOutputRef<'a>(
#[allow(dead_code)]
::planus::table_reader::Table<'a>
);
impl<'a> DetectionOutputRef<'a> {
#[inline]
pub fn class_count(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(0, "DetectionOutput", "class_count")
?.unwrap_or(0))
}
#[inline]
pub fn nms_thresholdold(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(1, "DetectionOutput", "nms_thresholdold")
?.unwrap_or(0.0))
}
#[inline]
pub fn nms_top_k(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(2, "DetectionOutput", "nms_top_k")
?.unwrap_or(0))
}
#[inline]
pub fn keep_top_k(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(3, "DetectionOutput", "keep_top_k")
?.unwrap_or(0))
}
#[inline]
pub fn confidence_threshold(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(4, "DetectionOutput", "confidence_threshold")
?.unwrap_or(0.0))
}
#[inline]
pub fn share_location(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(5, "DetectionOutput", "share_location")
?.unwrap_or(0))
}
#[inline]
pub fn background_lable(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(6, "DetectionOutput", "background_lable")
?.unwrap_or(0))
}
#[inline]
pub fn variance_encoded_target(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(7, "DetectionOutput", "variance_encoded_target")
?.unwrap_or(0))
}
#[inline]
pub fn code_type(&self) -> ::planus::Result<i32> {
::core::result::Result::Ok(
self.0.access(8, "DetectionOutput", "code_type")
?.unwrap_or(0))
}
#[inline]
pub fn objectness_score(&self) -> ::planus::Result<f32> {
::core::result::Result::Ok(
self.0.access(9, "DetectionOutput", "objectness_score")
?.unwrap_or(0.01))
}
}
impl<'a> ::core::fmt::Debug for DetectionOutputRef<'a> {
fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
let mut f = f.debug_struct("DetectionOutputRef");
f.field("class_count", &self.class_count());f.field("nms_thresholdold", &self.nms_thresholdold());f.field("nms_top_k", &self.nms_top_k());f.field("keep_top_k", &self.keep_top_k());f.field("confidence_threshold", &self.confidence_threshold());f.field("share_location", &self.share_location());f.field("background_lable", &self.background_lable());f.field("variance_encoded_target", &self.variance_encoded_target());f.field("code_type", &self.code_type());f.field("objectness_score", &self.objectness_score());
f.finish()
}
}
impl<'a> ::core::convert::TryFrom<DetectionOutputRef<'a>> for DetectionOutput {
type Error = ::planus::Error;
#[allow(unreachable_code)]
fn try_from(value: DetectionOutputRef<'a>) -> ::planus::Result<Self> {
::core::result::Result::Ok(Self {
class_count: ::core::convert::TryInto::try_into(value.class_count()?)?,nms_thresholdold: ::core::convert::TryInto::try_into(value.nms_thresholdold()?)?,nms_top_k: ::core::convert::TryInto::try_into(value.nms_top_k()?)?,keep_top_k: ::core::convert::TryInto::try_into(value.keep_top_k()?)?,confidence_threshold: ::core::convert::TryInto::try_into(value.confidence_threshold()?)?,share_location: ::core::convert::TryInto::try_into(value.share_location()?)?,background_lable: ::core::convert::TryInto::try_into(value.background_lable()?)?,variance_encoded_target: ::core::convert::TryInto::try_into(value.variance_encoded_target()?)?,code_type: ::core::convert::TryInto::try_into(value.code_type()?)?,objectness_score: ::core::convert::TryInto::try_into(value.objectness_score()?)?,
})
}
}
impl<'a> ::planus::TableRead<'a> for DetectionOutputRef<'a> {
#[inline]
fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::core::result::Result<Self, ::planus::errors::ErrorKind> {
::core::result::Result::Ok(Self(::planus::table_reader::Table::from_buffer(buffer, offset)?))
}
}
impl<'a> ::planus::VectorReadInner<'a> for DetectionOutputRef<'a> {
type Error = ::planus::Error;
const STRIDE: usize = 4;
unsafe fn from_buffer(buffer: ::planus::SliceWithStartOffset<'a>, offset: usize) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(buffer, offset).map_err(|error_kind| error_kind.with_error_location(
"[DetectionOutputRef]",
"get",
buffer.offset_from_start,
))
}
}
unsafe impl ::planus::VectorWrite<::planus::Offset<DetectionOutput>> for DetectionOutput {
type Value = ::planus::Offset<DetectionOutput>;
const STRIDE: usize = 4;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> Self::Value {
::planus::WriteAs::prepare(self, builder)
}
#[inline]
unsafe fn write_values(
values: &[::planus::Offset<DetectionOutput>],
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
impl<'a> ::planus::ReadAsRoot<'a> for DetectionOutputRef<'a> {
fn read_as_root(slice: &'a [u8]) -> ::planus::Result<Self> {
::planus::TableRead::from_buffer(::planus::SliceWithStartOffset {
buffer: slice,
offset_from_start: 0,
}, 0).map_err(|error_kind| error_kind.with_error_location(
"[DetectionOutputRef]",
"read_as_root",
0,
))
}
}
#[derive(Clone, Debug, PartialEq, PartialOrd,
::serde::Serialize, ::serde::Deserialize
)]
pub struct Proposal{
pub feat_stride: i32,
pub base_size: i32,
pub pre_nms_top_n: i32,
pub after_nms_top_n: i32,
pub nms_threshold: f32,
pub min_size: i32,
pub ratios: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub scales: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,
pub anchors: ::core::option::Option<::planus::alloc::boxed::Box<self::Blob>>,}
#[allow(clippy::derivable_impls)]
impl ::core::default::Default for Proposal {
fn default() -> Self {
Self {
feat_stride: 0,
base_size: 0,
pre_nms_top_n: 0,
after_nms_top_n: 0,
nms_threshold: 0.0,
min_size: 0,
ratios: ::core::default::Default::default(),
scales: ::core::default::Default::default(),
anchors: ::core::default::Default::default(),
}
}
}
impl Proposal {
#[inline]
pub fn builder() -> ProposalBuilder<()> {
ProposalBuilder(())
}
#[allow(clippy::too_many_arguments)]
pub fn create(
builder: &mut ::planus::Builder,
field_feat_stride: impl ::planus::WriteAsDefault<i32, i32>,
field_base_size: impl ::planus::WriteAsDefault<i32, i32>,
field_pre_nms_top_n: impl ::planus::WriteAsDefault<i32, i32>,
field_after_nms_top_n: impl ::planus::WriteAsDefault<i32, i32>,
field_nms_threshold: impl ::planus::WriteAsDefault<f32, f32>,
field_min_size: impl ::planus::WriteAsDefault<i32, i32>,
field_ratios: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_scales: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
field_anchors: impl ::planus::WriteAsOptional<::planus::Offset<self::Blob>>,
) -> ::planus::Offset<Self> {let prepared_feat_stride = field_feat_stride.prepare(builder, &0);let prepared_base_size = field_base_size.prepare(builder, &0);let prepared_pre_nms_top_n = field_pre_nms_top_n.prepare(builder, &0);let prepared_after_nms_top_n = field_after_nms_top_n.prepare(builder, &0);let prepared_nms_threshold = field_nms_threshold.prepare(builder, &0.0);let prepared_min_size = field_min_size.prepare(builder, &0);let prepared_ratios = field_ratios.prepare(builder);let prepared_scales = field_scales.prepare(builder);let prepared_anchors = field_anchors.prepare(builder);
let mut table_writer: ::planus::table_writer::TableWriter::<22> = ::core::default::Default::default();
if prepared_feat_stride.is_some() {table_writer.write_entry::<i32>(0);}if prepared_base_size.is_some() {table_writer.write_entry::<i32>(1);}if prepared_pre_nms_top_n.is_some() {table_writer.write_entry::<i32>(2);}if prepared_after_nms_top_n.is_some() {table_writer.write_entry::<i32>(3);}if prepared_nms_threshold.is_some() {table_writer.write_entry::<f32>(4);}if prepared_min_size.is_some() {table_writer.write_entry::<i32>(5);}if prepared_ratios.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(6);}if prepared_scales.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(7);}if prepared_anchors.is_some() {table_writer.write_entry::<::planus::Offset<self::Blob>>(8);}
unsafe {
table_writer.finish(builder, |object_writer| {if let ::core::option::Option::Some(prepared_feat_stride) = prepared_feat_stride {object_writer.write::<_, _, 4>(&prepared_feat_stride);}if let ::core::option::Option::Some(prepared_base_size) = prepared_base_size {object_writer.write::<_, _, 4>(&prepared_base_size);}if let ::core::option::Option::Some(prepared_pre_nms_top_n) = prepared_pre_nms_top_n {object_writer.write::<_, _, 4>(&prepared_pre_nms_top_n);}if let ::core::option::Option::Some(prepared_after_nms_top_n) = prepared_after_nms_top_n {object_writer.write::<_, _, 4>(&prepared_after_nms_top_n);}if let ::core::option::Option::Some(prepared_nms_threshold) = prepared_nms_threshold {object_writer.write::<_, _, 4>(&prepared_nms_threshold);}if let ::core::option::Option::Some(prepared_min_size) = prepared_min_size {object_writer.write::<_, _, 4>(&prepared_min_size);}if let ::core::option::Option::Some(prepared_ratios) = prepared_ratios {object_writer.write::<_, _, 4>(&prepared_ratios);}if let ::core::option::Option::Some(prepared_scales) = prepared_scales {object_writer.write::<_, _, 4>(&prepared_scales);}if let ::core::option::Option::Some(prepared_anchors) = prepared_anchors {object_writer.write::<_, _, 4>(&prepared_anchors);}
});
}builder.current_offset()
}
}
impl ::planus::WriteAs<::planus::Offset<Proposal>> for Proposal {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Proposal> {
::planus::WriteAsOffset::prepare(self, builder)
}
}
impl ::planus::WriteAsOptional<::planus::Offset<Proposal>> for Proposal {
type Prepared = ::planus::Offset<Self>;
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::core::option::Option<::planus::Offset<Proposal>> {
::core::option::Option::Some(::planus::WriteAsOffset::prepare(self, builder))
}
}
impl ::planus::WriteAsOffset<Proposal> for Proposal {
#[inline]
fn prepare(&self, builder: &mut ::planus::Builder) -> ::planus::Offset<Proposal> {
Proposal::create(
builder,
self.feat_stride,
self.base_size,
self.pre_nms_top_n,
self.after_nms_top_n,
self.nms_threshold,
self.min_size,
&self.ratios,
&self.scales,
&self.anchors,
)
}
}
#[derive(Debug)]
#[must_use]
pub struct ProposalBuilder<State>(State);
impl<
> ProposalBuilder
<
(
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn feat_stride<T0>(self, value: T0) -> ProposalBuilder<(
T0,
)>
where T0: ::planus::WriteAsDefault<i32, i32>
{
ProposalBuilder((
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn feat_stride_as_default(self) -> ProposalBuilder<(
::planus::DefaultValue,
)>
{
self.feat_stride(::planus::DefaultValue)
}
}
impl<
T0,
> ProposalBuilder
<
(
T0,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn base_size<T1>(self, value: T1) -> ProposalBuilder<(
T0,
T1,
)>
where T1: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
) = self.0;ProposalBuilder((
v0,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn base_size_as_default(self) -> ProposalBuilder<(
T0,
::planus::DefaultValue,
)>
{
self.base_size(::planus::DefaultValue)
}
}
impl<
T0,
T1,
> ProposalBuilder
<
(
T0,
T1,
)
>
{
#[inline]
#[allow(clippy::type_complexity)]
pub fn pre_nms_top_n<T2>(self, value: T2) -> ProposalBuilder<(
T0,
T1,
T2,
)>
where T2: ::planus::WriteAsDefault<i32, i32>
{
let (
v0,
v1,
) = self.0;ProposalBuilder((
v0,
v1,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn pre_nms_top_n_as_default(self) -> ProposalBuilder<(
T0,
T1,
::planus::DefaultValue,
)>
{
self.pre_nms_top_n(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
> ProposalBuilder
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
pub fn after_nms_top_n<T3>(self, value: T3) -> ProposalBuilder<(
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
) = self.0;ProposalBuilder((
v0,
v1,
v2,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn after_nms_top_n_as_default(self) -> ProposalBuilder<(
T0,
T1,
T2,
::planus::DefaultValue,
)>
{
self.after_nms_top_n(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
> ProposalBuilder
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
pub fn nms_threshold<T4>(self, value: T4) -> ProposalBuilder<(
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
) = self.0;ProposalBuilder((
v0,
v1,
v2,
v3,
value,
))
}
#[inline]
#[allow(clippy::type_complexity)]
pub fn nms_threshold_as_default(self) -> ProposalBuilder<(
T0,
T1,
T2,
T3,
::planus::DefaultValue,
)>
{
self.nms_threshold(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
> ProposalBuilder
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
pub fn min_size<T5>(self, value: T5) -> ProposalBuilder<(
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
) = self.0;ProposalBuilder((
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
pub fn min_size_as_default(self) -> ProposalBuilder<(
T0,
T1,
T2,
T3,
T4,
::planus::DefaultValue,
)>
{
self.min_size(::planus::DefaultValue)
}
}
impl<
T0,
T1,
T2,
T3,
T4,
T5,
> ProposalBuilder
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
pub fn ratios<T6>(self, value: T6) -> ProposalBuilder<(
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
) = self.0;ProposalBuilder((
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
pub fn ratios_as_null(self) -> ProposalBuilder<(
T0,
T1,
T2,
T3,
T4,
T5,
(),
)>
{
self.ratios(())
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
> ProposalBuilder
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
pub fn scales<T7>(self, value: T7) -> ProposalBuilder<(
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
) = self.0;ProposalBuilder((
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
pub fn scales_as_null(self) -> ProposalBuilder<(
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
self.scales(())
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
> ProposalBuilder
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
pub fn anchors<T8>(self, value: T8) -> ProposalBuilder<(
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
) = self.0;ProposalBuilder((
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
pub fn anchors_as_null(self) -> ProposalBuilder<(
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
self.anchors(())
}
}
