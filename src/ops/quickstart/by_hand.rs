//! The tour, command by command, for an empty directory. A test runs these.

use super::place::{NAMESPACE, SECRETS, SLUG};
use super::tour::{PAYLOAD, ROW};
use crate::ops::create::quoted;
use crate::sys::dirs::Dirs;

/// The commands, in order, for a POSIX shell.
pub(super) fn commands() -> Vec<String> {
    let mut lines = environment();
    lines.extend(steps());
    lines
}

/// A home of its own, in the directory where the commands run.
pub(super) fn environment() -> Vec<String> {
    let mut lines = vec!["export DAINO_HOME=\"$PWD/home\"".to_owned()];
    // The database that was fetched once serves here, too.
    if let Ok(dirs) = Dirs::find() {
        lines.push(format!("export DAINO_CACHE={}", quoted(&dirs.cache.display().to_string())));
    }
    lines
}

fn steps() -> Vec<String> {
    let mut lines = vec![
        format!("daino-pdk create {SLUG} --template payment-gateway --lang ts --no-git -y"),
        format!("daino-pdk validate {SLUG} --profile store"),
        format!("daino-pdk test {SLUG}"),
        format!("daino-pdk pack {SLUG}"),
        "daino-pdk key generate".to_owned(),
        "daino-pdk registry serve --data registry --listen 127.0.0.1:0 > registry.out &".to_owned(),
        "until grep -q ' at ' registry.out; do sleep 0.1; done".to_owned(),
        "export DAINO_REGISTRY=\"$(sed -n 's/.* at //p' registry.out)\"".to_owned(),
        format!(
            "export DAINO_TOKEN=\"$(daino-pdk registry token create --data registry --namespace \
             {NAMESPACE} | head -n 1)\""
        ),
        format!("daino-pdk publish {SLUG} --namespace {NAMESPACE} -y"),
        "daino-pdk search payment".to_owned(),
        "daino-pdk store init".to_owned(),
    ];
    lines.extend(
        SECRETS.iter().map(|(_, file, value)| format!("(umask 077; echo {value} > {file})")),
    );
    let secrets: Vec<String> =
        SECRETS.iter().map(|(name, file, _)| format!("--secret-file {name}={file}")).collect();
    lines.extend([
        "export KEY=\"$(daino-pdk key list | awk '{ print $2 }')\"".to_owned(),
        format!(
            "daino-pdk install {NAMESPACE}/{SLUG} --trust-key \"$KEY\" --accept-permissions=all {}",
            secrets.join(" ")
        ),
        format!("daino-pdk invoke --hook order.payment --payload '{PAYLOAD}'"),
        format!("daino-pdk store query \"{ROW}\""),
        format!("daino-pdk uninstall {SLUG} --cleanup-data remove --cleanup-tables remove -y"),
        "kill $!".to_owned(),
    ]);
    lines
}
