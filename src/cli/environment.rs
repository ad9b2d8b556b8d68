//! Every flag can be given as `DAINO_<FLAG>`: one rule for the whole command tree.
//!
//! A switch is on unless its variable is empty or says no (`0`, `false`, `no`, `off`, `n`, `f`).
//! Variables that are no flags stand in `config::env`.

use clap::builder::FalseyValueParser;
use clap::{Arg, ArgAction, Command};

/// The command tree in which every long flag reads its variable, too.
pub(crate) fn with_variables(command: Command) -> Command {
    let command = command.mut_args(with_variable);
    let names: Vec<String> = command.get_subcommands().map(|s| s.get_name().to_owned()).collect();
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, with_variables))
}

/// The variable of a flag, such as `DAINO_DRY_RUN` for `--dry-run`.
fn variable(flag: &str) -> String {
    format!("DAINO_{}", flag.replace('-', "_").to_uppercase())
}

fn with_variable(arg: Arg) -> Arg {
    let Some(flag) = arg.get_long().map(str::to_owned) else { return arg };
    match arg.get_action() {
        ArgAction::SetTrue => {
            arg.env(variable(&flag)).hide_env(true).value_parser(FalseyValueParser::new())
        }
        ArgAction::Set | ArgAction::Append => arg.env(variable(&flag)).hide_env(true),
        _ => arg,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    fn check(command: &Command, seen: &mut usize) {
        for arg in command.get_arguments() {
            let takes =
                matches!(arg.get_action(), ArgAction::Set | ArgAction::SetTrue | ArgAction::Append);
            if let Some(flag) = arg.get_long().filter(|_| takes) {
                let name = arg.get_env().and_then(|name| name.to_str());
                assert_eq!(name, Some(variable(flag).as_str()), "{}", command.get_name());
                *seen += 1;
            }
        }
        command.get_subcommands().for_each(|sub| check(sub, seen));
    }

    #[test]
    fn every_flag_has_its_variable() {
        let mut seen = 0;
        check(&with_variables(crate::cli::Cli::command()), &mut seen);
        assert!(seen > 20, "only {seen} flags were seen");
    }
}
