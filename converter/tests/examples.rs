//! The examples do what they say.
#![allow(clippy::unwrap_used)] // tests fail by panicking

#[path = "../examples/convert_from_bytes.rs"]
mod convert_from_bytes;
#[path = "../examples/inspect_provenance.rs"]
mod inspect_provenance;
#[path = "../examples/own_operator.rs"]
mod own_operator;
#[path = "../examples/write_a_pass.rs"]
mod write_a_pass;

macro_rules! runs {
    ($($name:ident => $example:ident,)*) => {
        $(
            #[test]
            fn $name() {
                $example::main().unwrap();
            }
        )*
    };
}

runs! {
    bytes_are_converted => convert_from_bytes,
    provenance_is_printed => inspect_provenance,
    an_own_operator_is_folded_or_refused => own_operator,
    an_own_pass_rewrites => write_a_pass,
}
