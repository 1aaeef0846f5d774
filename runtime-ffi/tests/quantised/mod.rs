//! Models whose tensors are quantised, in the form that MNN computes with integers.
#![allow(clippy::unwrap_used)] // helpers of tests fail by panicking

use edgeconv_schema::mnn::{
    BinaryOp, BinaryOpOperation, Blob, Convolution2D, Convolution2DCommon, DataType, IdstQuan, Input, MnnDataFormat,
    Net, NetSource, Op, OpParameter, OpType, Pool, PoolType, QuantizedFloatParam, Relu6, TensorConvertInfo,
    TensorDescribe, TensorQuantInfo, UnaryOp, UnaryOpOperation,
};

/// A value is scale · (q − zero), with an integer q from −128 to 127.
#[derive(Debug, Clone, Copy)]
pub struct Grid {
    pub scale: f32,
    pub zero: i32,
}

impl Grid {
    pub fn value(self, q: i32) -> f64 {
        f64::from(self.scale) * f64::from(q - self.zero)
    }

    /// The place of a value between integers.
    pub fn place(self, value: f64) -> f64 {
        value / f64::from(self.scale) + f64::from(self.zero)
    }

    /// The nearest integer.
    pub fn nearest(self, value: f64) -> i32 {
        nearest(self.place(value))
    }
}

/// The integer that is nearest to a place.
pub fn nearest(place: f64) -> i32 {
    (place + 0.5).floor().clamp(-128.0, 127.0) as i32
}

/// A convolution by integers, all of which count by the same scale.
#[derive(Debug, Clone)]
pub struct Convolution {
    /// `[outputs, inputs / group, height, width]`.
    pub kernel: [usize; 4],
    pub group: usize,
    /// Top, left, bottom, right.
    pub pads: [usize; 4],
    pub strides: usize,
    pub dilations: usize,
    pub relu: bool,
}

impl Convolution {
    /// Operands of a result.
    pub fn terms(&self) -> usize {
        self.kernel[1..].iter().product()
    }

    /// The sums, `[batch, outputs, height, width]`, of operands without their zero point, `[batch, inputs, height, width]`.
    pub fn sums(&self, weights: &[i32], x: &[i32], [batch, inputs, height, width]: [usize; 4]) -> Vec<i32> {
        let [outputs, depth, rows, columns] = self.kernel;
        let [top, left, bottom, right] = self.pads;
        let extent = |size: usize, kernel: usize| (size - (kernel - 1) * self.dilations - 1) / self.strides + 1;
        let (out_height, out_width) = (extent(height + top + bottom, rows), extent(width + left + right, columns));
        let mut sums = vec![];
        for index in 0..batch * outputs * out_height * out_width {
            let (z, y) = (index % out_width, index / out_width % out_height);
            let (o, n) = (index / (out_width * out_height) % outputs, index / (out_width * out_height * outputs));
            let first = n * inputs + o / (outputs / self.group) * depth;
            let mut sum = 0;
            for term in 0..self.terms() {
                let (d, i, j) = (term / (rows * columns), term / columns % rows, term % columns);
                let row = (y * self.strides + i * self.dilations).wrapping_sub(top);
                let column = (z * self.strides + j * self.dilations).wrapping_sub(left);
                if row < height && column < width {
                    sum += x[((first + d) * height + row) * width + column] * weights[o * self.terms() + term];
                }
            }
            sums.push(sum);
        }
        sums
    }

    fn operator(&self, weights: &[i32], scale: f32, bias: &[f32]) -> (OpType, OpParameter) {
        let [outputs, depth, rows, columns] = self.kernel.map(|size| size as i32);
        let is_depthwise = self.group > 1;
        let common = Convolution2DCommon {
            kernel_x: columns,
            kernel_y: rows,
            stride_x: self.strides as i32,
            stride_y: self.strides as i32,
            dilate_x: self.dilations as i32,
            dilate_y: self.dilations as i32,
            group: self.group as i32,
            output_count: outputs,
            input_count: depth * self.group as i32,
            relu: self.relu,
            pads: Some(self.pads.map(|pad| pad as i32).to_vec()),
            ..Convolution2DCommon::default()
        };
        let integers = IdstQuan {
            buffer: Some(weights.iter().map(|&weight| weight as i8).collect()),
            alpha: Some(vec![scale; self.kernel[0]]),
            type_: 4,
            quant_scale: 1.0,
            a_max_or_bits: 8,
            ..IdstQuan::default()
        };
        let convolution = Convolution2D {
            common: Some(Box::new(common)),
            bias: Some(bias.to_vec()),
            quan_parameter: Some(Box::new(integers)),
            ..Convolution2D::default()
        };
        let op_type = if is_depthwise { OpType::ConvolutionDepthwise } else { OpType::Convolution };
        (op_type, OpParameter::Convolution2D(Box::new(convolution)))
    }
}

/// A model from `x` to `y`, operator by operator; each reads what the one before it gives.
pub struct Model {
    net: Net,
}

impl Model {
    /// One that reads floats `[n, c, h, w]`, the values of a grid.
    pub fn new(shape: [usize; 4], grid: Grid) -> Self {
        let mut model = Self { net: Net { source_type: NetSource::Onnx, ..Net::default() } };
        let dims = Some(shape.map(|size| size as i32).to_vec());
        let input = Input { dims, dtype: DataType::DtFloat, dformat: MnnDataFormat::Nchw };
        model.add("x", OpType::Input, OpParameter::Input(Box::new(input)), &[]);
        let input = model.last();
        model.convert("packed", MnnDataFormat::Nchw, MnnDataFormat::Nc4hw4, input);
        model.describe(grid);
        model
    }

    pub fn convolution(&mut self, convolution: &Convolution, weights: &[i32], scale: f32, bias: &[f32], to: Grid) {
        let (op_type, parameter) = convolution.operator(weights, scale, bias);
        self.add("convolution", op_type, parameter, &[self.last()]);
        self.describe(to);
    }

    /// Notes of a convolution, the last operator, what MNN's own quantiser does besides: bounds and zero points, which the grids have, too.
    pub fn noted_as_by_mnn(&mut self) {
        let op = self.net.oplists.as_mut().unwrap().last_mut().unwrap();
        let Some(OpParameter::Convolution2D(convolution)) = &mut op.main else { return };
        convolution.symmetric_quan = Some(Box::new(QuantizedFloatParam { nbits: 8, ..QuantizedFloatParam::default() }));
    }

    /// A function of values, by a table.
    pub fn hard_swish(&mut self, from: Grid, to: Grid) {
        let table = (-127..=127).map(|q| to.nearest(hard_swish(from.value(q))) as i8).collect();
        let unary = UnaryOp { op_type: UnaryOpOperation::Hardswish, t: DataType::DtFloat, table_int8: Some(table) };
        self.add("function", OpType::UnaryOp, OpParameter::UnaryOp(Box::new(unary)), &[self.last()]);
        self.describe(to);
    }

    /// The sum of what the last operator gives with the input.
    pub fn sum(&mut self, to: Grid) {
        self.binary("sum", BinaryOpOperation::Add, &[self.last(), 1]);
        self.describe(to);
    }

    /// The sum of what the last operator gives with a constant of the same shape, which is rounded to a grid.
    pub fn sum_with(&mut self, constant: &[f32], shape: [usize; 4], grid: Grid, to: Grid) {
        let map = self.last();
        let blob = Blob {
            dims: Some(shape.map(|size| size as i32).to_vec()),
            data_format: MnnDataFormat::Nchw,
            data_type: DataType::DtFloat,
            float32s: Some(constant.to_vec()),
            ..Blob::default()
        };
        self.add("constant", OpType::Const, OpParameter::Blob(Box::new(blob)), &[]);
        self.describe(grid);
        self.convert("constant/packed", MnnDataFormat::Nchw, MnnDataFormat::Nc4hw4, self.last());
        self.describe(grid);
        self.binary("sum_with", BinaryOpOperation::Add, &[map, self.last()]);
        self.describe(to);
    }

    /// What the last operator gives, `[n, c, h, w]`, times a gate for each channel: a convolution, by floats `[c, c]` and `[c]`, of its means,
    /// cut to what is between 0 and 1.
    pub fn attention(&mut self, weights: &[f32], bias: &[f32], to: Grid) {
        let map = self.last();
        let mean = Pool {
            is_global: true,
            type_: PoolType::Avepool,
            ceil_model: false,
            data_type: DataType::DtFloat,
            ..Pool::default()
        };
        self.add("mean", OpType::Pooling, OpParameter::Pool(Box::new(mean)), &[map]);
        self.describe_floats();
        let channels = bias.len() as i32;
        let common =
            Convolution2DCommon { output_count: channels, input_count: channels, ..Convolution2DCommon::default() };
        let product = Convolution2D {
            common: Some(Box::new(common)),
            weight: Some(weights.to_vec()),
            bias: Some(bias.to_vec()),
            ..Convolution2D::default()
        };
        self.add("gate", OpType::Convolution, OpParameter::Convolution2D(Box::new(product)), &[self.last()]);
        self.describe_floats();
        let bounds = Relu6 { min_value: 0.0, max_value: 1.0 };
        self.add("bounded", OpType::ReLu6, OpParameter::Relu6(Box::new(bounds)), &[self.last()]);
        self.describe_floats();
        self.binary("product", BinaryOpOperation::Mul, &[map, self.last()]);
        self.describe(to);
    }

    /// The model's bytes.
    pub fn finish(mut self) -> Vec<u8> {
        self.convert("y", MnnDataFormat::Nc4hw4, MnnDataFormat::Nchw, self.last());
        self.net.output_name = Some(vec!["y".into()]);
        self.net.tensor_number = self.last() + 1;
        planus::Builder::new().finish(self.net, None).to_vec()
    }

    fn binary(&mut self, name: &str, op_type: BinaryOpOperation, inputs: &[i32]) {
        let binary = BinaryOp { op_type, t: DataType::DtFloat, activation_type: 0 };
        self.add(name, OpType::BinaryOp, OpParameter::BinaryOp(Box::new(binary)), inputs);
    }

    fn last(&self) -> i32 {
        self.net.tensor_name.as_ref().unwrap().len() as i32 - 1
    }

    fn convert(&mut self, name: &str, source: MnnDataFormat, dest: MnnDataFormat, input: i32) {
        let info = TensorConvertInfo { source, dest };
        self.add(name, OpType::ConvertTensor, OpParameter::TensorConvertInfo(Box::new(info)), &[input]);
    }

    fn add(&mut self, name: &str, op_type: OpType, parameter: OpParameter, inputs: &[i32]) {
        self.net.tensor_name.get_or_insert_default().push(name.into());
        let op = Op {
            input_indexes: Some(inputs.to_vec()),
            main: Some(parameter),
            name: Some(name.into()),
            output_indexes: Some(vec![self.last()]),
            type_: op_type,
            default_dimention_format: MnnDataFormat::Nchw,
            external_path: None,
        };
        self.net.oplists.get_or_insert_default().push(op);
    }

    fn describe(&mut self, Grid { scale, zero }: Grid) {
        let quantisation =
            TensorQuantInfo { scale, zero: zero as f32, min: Some(-128.0), max: 127.0, type_: DataType::DtInt8 };
        self.mark(quantisation);
    }

    fn describe_floats(&mut self) {
        self.mark(TensorQuantInfo { type_: DataType::DtFloat, ..TensorQuantInfo::default() });
    }

    fn mark(&mut self, quantisation: TensorQuantInfo) {
        let describe = TensorDescribe {
            index: self.last(),
            quant_info: Some(Box::new(quantisation)),
            ..TensorDescribe::default()
        };
        self.net.extra_tensor_describe.get_or_insert_default().push(describe);
    }
}

pub fn hard_swish(x: f64) -> f64 {
    x * (x + 3.0).clamp(0.0, 6.0) / 6.0
}
