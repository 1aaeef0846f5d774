//! The command line of a program.

use clap::Parser;
use edgeconv_files::name::escaped_lines;

/// Reads it. A wrong one ends the program with exit code 2; what is shown of it does nothing to a terminal or a CI system, as names of files don't.
pub fn parse<P: Parser>() -> P {
    P::try_parse().unwrap_or_else(|error| {
        let text = error.to_string();
        let shown = escaped_lines(&text);
        if !error.use_stderr() || shown == text {
            // With colours, and help on stdout.
            error.exit()
        }
        eprint!("{shown}");
        std::process::exit(error.exit_code())
    })
}
