pub use root::*;
const _: () = ::planus::check_version_compatibility("planus-1.3.0");
#[no_implicit_prelude]
#[allow(clippy::needless_lifetimes)]
mod root {
include!("mnn/first.rs");
include!("mnn/second.rs");
}
