//! `mnn.fbs` means the same as the header that MNN itself reads models with: every field has the same place, type and
//! default, every enum value and every union member the same number, and there are no others.
#![allow(clippy::unwrap_used, clippy::panic)] // helpers of tests fail by panicking

use std::env;
use std::fmt::{Display, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use edgeconv_test_support::skip;
use itertools::Itertools;
use planus_types::ast::{FloatType, IntegerType};
use planus_types::intermediate::{
    AssignMode, DeclarationKind, Declarations, FloatLiteral, Literal, SimpleType, Table, TableField, TypeKind,
};

#[test]
fn schema_is_wire_compatible_with_mnn() {
    let Some(vendor) = mnn_source() else {
        return skip("cargo doesn't know where the source of mnn-sys is");
    };
    let compiler = env::var("CXX").unwrap_or_else(|_| "c++".to_owned());
    if Command::new(&compiler).arg("--version").output().is_err() {
        return skip(format_args!("there is no C++ compiler `{compiler}`"));
    }
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/mnn.fbs");
    let facts = Facts::of(&planus_translation::translate_files(&[schema]).unwrap());
    assert!(facts.expected.lines().count() > 400, "the schema was not read");

    let dir = tempfile::tempdir().unwrap();
    let (source, program) = (dir.path().join("facts.cpp"), dir.path().join("facts"));
    std::fs::write(&source, facts.program()).unwrap();
    let includes = ["schema/current", "3rd_party/flatbuffers/include"].map(|path| vendor.join(path));
    let mut compile = Command::new(compiler);
    compile.args(["-std=c++17", "-O0", "-o"]).arg(&program).arg(&source);
    for path in &includes {
        compile.arg("-isystem").arg(path);
    }
    let compiled = compile.output().unwrap();
    assert!(compiled.status.success(), "the header says otherwise:\n{}", String::from_utf8_lossy(&compiled.stderr));
    let found = String::from_utf8(Command::new(program).output().unwrap().stdout).unwrap();
    for (expected, found) in facts.expected.lines().zip_eq(found.lines()) {
        assert_eq!(expected, found, "schema.fbs on the left, MNN on the right");
    }
}

/// The source that the crate `mnn-sys` brings along.
fn mnn_source() -> Option<PathBuf> {
    let mut metadata = Command::new(env!("CARGO"));
    metadata.args(["metadata", "--offline", "--format-version", "1", "--manifest-path"]);
    metadata.arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml"));
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.output().ok()?.stdout).ok()?;
    let package = metadata["packages"].as_array()?.iter().find(|package| package["name"] == "mnn-sys")?;
    let vendor = Path::new(package["manifest_path"].as_str()?).with_file_name("vendor");
    vendor.join("schema/current/MNN_generated.h").exists().then_some(vendor)
}

/// What our schema says, and C++ statements that print the same from MNN's header; types are compared at compile time.
#[derive(Default)]
struct Facts {
    expected: String,
    statements: String,
}

impl Facts {
    fn of(declarations: &Declarations) -> Self {
        let mut facts = Self::default();
        for (_, path, declaration) in declarations.iter_declarations() {
            let name = path.to_string();
            match &declaration.kind {
                DeclarationKind::Table(table) => facts.table(declarations, &name, table),
                DeclarationKind::Enum(numbers) => {
                    facts.number_of(&name, numbers.variants.len());
                    for (value, variant) in &numbers.variants {
                        facts.number(&format!("{name}_{}", variant.name), value);
                    }
                }
                DeclarationKind::Union(members) => {
                    // One is that there is none.
                    facts.number_of(&name, members.variants.len() + 1);
                    for (index, member) in members.variants.keys().enumerate() {
                        facts.number(&format!("{name}_{member}"), index + 1);
                    }
                }
                DeclarationKind::Struct(_) | DeclarationKind::RpcService(_) => panic!("MNN has no {name}"),
            }
        }
        facts
    }

    fn number(&mut self, name: &str, value: impl Display) {
        writeln!(self.expected, "{name} = {value}").unwrap();
        writeln!(self.statements, "print(\"{name}\", MNN::{name});").unwrap();
    }

    /// How many fields, values or members there are.
    fn number_of(&mut self, name: &str, count: usize) {
        writeln!(self.expected, "{name} has {count}").unwrap();
        writeln!(self.statements, "std::printf(\"{name} has %zu\\n\", MNN::{name}TypeTable()->num_elems);").unwrap();
    }

    fn table(&mut self, declarations: &Declarations, table: &str, fields: &Table) {
        if !HOLLOW.contains(&table) {
            let slots = fields.fields.values().map(|field| slot(field) + 1).max().unwrap_or_default();
            self.number_of(table, slots as usize);
        }
        for (field, facts) in &fields.fields {
            let slot = slot(facts);
            writeln!(self.expected, "{table}.{field} slot = {slot}").unwrap();
            writeln!(self.statements, "print(\"{table}.{field} slot\", slot(MNN::{table}TypeTable(), \"{field}\"));")
                .unwrap();
            let getter = format!("empty<MNN::{table}>()->{field}()");
            let cpp = cpp_type(declarations, &facts.type_.kind);
            writeln!(self.statements, "static_assert(std::is_same_v<decltype({getter}), {cpp}>);").unwrap();
            if let AssignMode::HasDefault(default) = &facts.assign_mode {
                writeln!(self.expected, "{table}.{field} = {}", number(default)).unwrap();
                writeln!(self.statements, "print(\"{table}.{field}\", {getter});").unwrap();
            }
        }
    }

    fn program(&self) -> String {
        format!("{PRELUDE}int main() {{\n{}}}\n", self.statements)
    }
}

/// Tables that are left empty on purpose.
const HOLLOW: [&str; 1] = ["NamedAttrList"];

/// Where a field is. A union has two slots: first the number of its member, then the member.
fn slot(field: &TableField) -> u32 {
    field.vtable_index + u32::from(matches!(field.type_.kind, TypeKind::Union(_)))
}

const PRELUDE: &str = r#"
#include "MNN_generated.h"
#include <cstdio>
#include <cstring>
#include <type_traits>

void print(const char* what, double number) { std::printf("%s = %.7g\n", what, number); }

/// A table whose fields are all left out.
template <class T> const T* empty() {
    static flatbuffers::FlatBufferBuilder builder;
    builder.Clear();
    builder.Finish(flatbuffers::Offset<T>(builder.EndTable(builder.StartTable())));
    return flatbuffers::GetRoot<T>(builder.GetBufferPointer());
}

int slot(const flatbuffers::TypeTable* table, const char* name) {
    for (size_t i = 0; i < table->num_elems; ++i) {
        if (0 == std::strcmp(table->names[i], name)) return i;
    }
    return -1;
}

"#;

/// The type that MNN's accessor returns.
fn cpp_type(declarations: &Declarations, kind: &TypeKind) -> String {
    match kind {
        TypeKind::Table(index) => format!("const MNN::{}*", declarations.get_declaration(*index).0),
        TypeKind::Vector(element) => {
            let element = match cpp_type(declarations, &element.kind) {
                pointer if pointer.ends_with('*') => {
                    format!("flatbuffers::Offset<{}>", pointer.trim_start_matches("const ").trim_end_matches('*'))
                }
                scalar => scalar,
            };
            format!("const flatbuffers::Vector<{element}>*")
        }
        TypeKind::String => "const flatbuffers::String*".to_owned(),
        TypeKind::SimpleType(SimpleType::Bool) => "bool".to_owned(),
        TypeKind::SimpleType(SimpleType::Float(FloatType::F32)) => "float".to_owned(),
        TypeKind::SimpleType(SimpleType::Integer(integer)) => match integer {
            IntegerType::U8 => "uint8_t",
            IntegerType::U16 => "uint16_t",
            IntegerType::I8 => "int8_t",
            IntegerType::U32 => "uint32_t",
            IntegerType::I32 => "int32_t",
            IntegerType::I64 => "int64_t",
            other => panic!("MNN has no {}", other.flatbuffer_name()),
        }
        .to_owned(),
        TypeKind::SimpleType(SimpleType::Enum(index)) => {
            format!("MNN::{}", declarations.get_declaration(*index).0)
        }
        TypeKind::Union(_) => "const void*".to_owned(),
        other => panic!("MNN has no {}", declarations.format_type_kind(other)),
    }
}

fn number(literal: &Literal) -> String {
    match literal {
        Literal::Bool(value) => u8::from(*value).to_string(),
        Literal::Int(value) | Literal::EnumTag { value, .. } => value.to_string(),
        Literal::Float(FloatLiteral::F32(value)) => value.to_string(),
        other => panic!("no number: {other:?}"),
    }
}
