# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_daino_pdk_global_optspecs
    string join \n C/directory= format= q/quiet v/verbose color= non-interactive y/yes offline sandbox= h/help V/version
end

function __fish_daino_pdk_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_daino_pdk_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_daino_pdk_using_subcommand
    set -l cmd (__fish_daino_pdk_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s V -l version -d 'Print version'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "quickstart" -d 'Take the tour: a plugin from its first file to a row in a shop\'s database'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "create" -d 'Create a plugin from a template'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "dev" -d 'Serve plugins from their folders, reload them when they change, and show what they do'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "test" -d 'Run a plugin\'s tests in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "validate" -d 'Check a plugin: security, performance, compatibility, quality, manifest, packaging'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "permissions" -d 'Show the permissions of a plugin, or the smallest ones that its code provably needs'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "store" -d 'Make a local shop, and look at it'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "pack" -d 'Pack a plugin into a reproducible release archive'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "import" -d 'Turn a package of a DainoStore host into a plugin\'s directory'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "deploy" -d 'Put a plugin into a DainoStore host, with every call its import leaves out'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "publish" -d 'Publish a signed release of a plugin to a registry'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "search" -d 'Search a registry for plugins'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "source" -d 'Keep a list of repositories to find plugins in'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "info" -d 'Show the releases of a plugin in a registry, and who signed them'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "yank" -d 'Withdraw a release from new installs, or take that back'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "advise" -d 'Tell shops of a fault in releases of your plugin'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "install" -d 'Install a plugin into a shop and start it'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "list" -d 'List the plugins of a shop, and check their code'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "update" -d 'Update plugins of a shop: compared, backed up, migrated, checked; or nothing happened'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "outdated" -d 'Say for which plugins of a shop there is a newer release'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "rollback" -d 'Go back to an earlier release of a plugin'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "reinstall" -d 'Install a plugin again from where it came from, with what an uninstallation kept'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "enable" -d 'Switch a plugin on'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "disable" -d 'Switch a plugin off; everything it has stays'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "pin" -d 'Keep a plugin at its version, or in a range'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "unpin" -d 'Let a plugin be updated to any version again'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "history" -d 'Show what was done to plugins, when and by whom'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "invoke" -d 'Call a method, a hook or a route of an installed plugin, in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "uninstall" -d 'Remove a plugin from a shop: disable, verified backup, data, tables, code, record'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "backup" -d 'Make, list, verify, restore, export, import and remove backups of plugins'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "key" -d 'Make, list, move, rotate and revoke signing keys'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "owner" -d 'Show and change who owns a namespace'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "registry" -d 'Run a registry of your own'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "lsp" -d 'Serve an editor: findings while you write, quick fixes, and the keys of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "schema" -d 'Print the JSON Schema of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "doctor" -d 'Check this machine: sandbox, database, tools'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "explain" -d 'Explain a rule or an error code'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l dir -d 'Directory of the tour, which must not exist' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l keep -d 'Leave the plugin installed, and registry and shop running until Ctrl-C'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s t -l template -d 'Template: payment-gateway, analytics, shipping or custom' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s l -l lang -d 'Language: js or ts' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l dir -d 'Directory of the plugin. Default: NAME, here' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l set -d 'Set a value: name, description, author, license, or one of the template\'s own' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l answers -d 'Read answers from a TOML file; flags win over it' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l force -d 'Replace the template\'s files in a directory that is not empty'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l dry-run -d 'Show the files without writing them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l no-git -d 'Make no git repository'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l port -d 'Serve on this port of 127.0.0.1; 0 takes any. Default: the first free one from 4747' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l mock -d 'Send requests for HOST to a server on this machine. May be given several times' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l record -d 'Write every call down as a test in `tests/fixtures`; with FILE, all calls and answers to it' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l replay -d 'Make the calls of a recording again, show what differs, and end' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l json -d 'Print every event as a line of JSON on stdout. `--format json` does the same'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l poll -d 'Look for changes instead of being told: for network drives'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l no-database -d 'Keep no data in a database: plugins with tables cannot use them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l open -d 'Open the page in a browser'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l suite -d 'Run these suites: folders below `tests/`. `security`, `performance` and `conformance` add generated tests; `full` is everything' -r -f -a "unit\t'`tests/unit`, and files directly in `tests/`'
integration\t'`tests/integration` and `tests/fixtures`'
security\t'`tests/security`, and generated attacks on every handler'
performance\t'`tests/performance`, and what every handler costs'
conformance\t'`tests/conformance`, and what every plugin of this type must do'
all\t'Every test that is written in the plugin'
full\t'Every test, generated ones too'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l filter -d 'Run tests whose file or full name contains TEXT; names are joined by ` > `' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l timeout -d 'Stop a file that takes longer' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l jobs -d 'Run at most N files at the same time. Default: one per processor' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l report -d 'Write a report: pretty, json, junit, tap, github or html, to stdout or to FILE. Repeatable' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l junit -d 'Write the report as JUnit XML to FILE; the same as `--report junit=FILE`' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l mock -d 'Send requests for HOST that no mock answers to a server on this machine. Repeatable' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l seed -d 'Decide all randomness inside the tests' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l clock -d 'Start the tests\' clock at TIME; `virtual` starts it now, `real` is the machine\'s clock' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l shuffle -d 'Run the tests of each file in a random order, decided by SEED' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l repeat -d 'Run each file N times, each with another seed; a test that fails in some runs is flaky' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l bail -d 'Stop after N failures' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l shard -d 'Run one part of the files, such as 1/3' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l fail-on-no-tests -d 'Fail when there is nothing to run' -r -f -a "true\t''
false\t''"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l coverage -d 'Count which of the plugin\'s code runs: text, lcov, cobertura, istanbul or html, shown or written to FILE. Repeatable' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l min-statements -d 'Fail when less than PERCENT of the statements ran' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l min-lines -d 'Fail when less than PERCENT of the lines ran' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l min-branches -d 'Fail when less than PERCENT of the branches ran' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l min-functions -d 'Fail when less than PERCENT of the functions ran' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l max-p95 -d 'Fail a handler whose 95th percentile takes longer' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l max-ticks -d 'Fail a handler that needs more thousands of engine steps per call' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l max-queries -d 'Fail a handler that runs more database statements per call' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l bench-save -d 'Keep what the handlers cost in FILE' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l bench-compare -d 'Fail a handler that costs more than in FILE, which `--bench-save` made' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l max-regress -d 'Percent that a handler may cost more than in the compared file' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s u -l update-snapshots -d 'Write snapshots that differ or are not there, and remove those no test asks for'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l record-http -d 'Make the requests that no mock answers, and write them down with their answers; later runs are answered from there. Secrets come from `DAINO_SECRET_NAME` and are not written down'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l explain -d 'Tell what the tests used and were refused, and the smallest permissions that would do'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s w -l watch -d 'Run again what a change touches, until q is pressed. Single keys: a all, f failed, p filter, u update the snapshots of failed tests, q quit'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l forbid-only -d 'Fail a test that is marked with `.only`, which would leave out all others'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l report -d 'Write a report: pretty, json, sarif, github, gitlab, junit, markdown, html or unix, to stdout or to FILE. Repeatable' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l profile -d 'How strict: `audit` takes any tree of JavaScript and knows no plugin' -r -f -a "dev\t'Fails on errors'
store\t'As the registry checks: fails on errors, and on warnings about security'
strict\t'Fails on warnings'
audit\t'Any tree of JavaScript; only rules about code'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l only -d 'Run only these rules: ids, patterns such as `*-injection`, or checks such as `security`' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l skip -d 'Leave out these rules' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l against-host -d 'Check against this version of the host instead of the one this program provides' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l osv -d 'Look for packages with known weaknesses: a folder of advisories in OSV\'s form' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l with -d 'Run your own linter, too, and report what it finds: the project\'s, else the one on PATH. Its configuration is code, and runs. Repeatable' -r -f -a "eslint\t'ESLint'
oxlint\t'oxlint'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l baseline -d 'Leave out the findings that FILE knows' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l diff -d 'Report only what is on lines changed since HEAD and REF parted, and in new files' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l fail-on -d 'Least weight that fails the run. Default: the profile\'s' -r -f -a "info\t''
warning\t''
error\t''
critical\t''"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l min-score -d 'Fail when the score is under N' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l max-warnings -d 'Fail when there are more than N warnings' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l explain -d 'Explain a rule, and check nothing' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l no-annotations -d 'Leave out what a CI service is told without being asked'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l write-baseline -d 'Write everything that is found to the baseline\'s FILE'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l fix -d 'Mend what can be mended safely, then check again'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l dry-run -d 'Show what `--fix` or `--write-baseline` would change, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l watch -d 'Check again whenever a file changes'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l list-rules -d 'List the rules, and check nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -l infer -d 'Infer from the code what is needed'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -l write -d 'Write what is needed into manifest.json; everything else in it stays as it is'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -l dry-run -d 'With `--write`: write nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand permissions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -f -a "init" -d 'Make a shop: its database, with sample data, and its folders'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -f -a "status" -d 'Show what a shop is and what is in it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -f -a "query" -d 'Read from the shop\'s database: one SELECT, which cannot write'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and not __fish_seen_subcommand_from init status query help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l name -d 'Name of the shop' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l currency -d 'Currency, ISO 4217' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l timezone -d 'Time zone, IANA name' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l schema -d 'Schema of the shop\'s tables; several shops of one database have one each. Else `[store]` of the settings, else `public`' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l service-role -d 'Role that the shop\'s own application works as: it may read and write the shop\'s tables and those of plugins' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l no-sample-data -d 'Leave out the sample customers, products and orders'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l dry-run -d 'Say what would be made, and make nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -l limit -d 'Show at most N rows' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from query" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "init" -d 'Make a shop: its database, with sample data, and its folders'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "status" -d 'Show what a shop is and what is in it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "query" -d 'Read from the shop\'s database: one SELECT, which cannot write'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s o -l output -d 'File to write. Default: `<slug>-<version>.dpk`, or `.daino.json`, where the command runs' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l dry-run -d 'List the files and digests, and write nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -l force -d 'Write into a directory that is not empty'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -l dry-run -d 'Show what would be written, and write nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -l host -d 'Address of the host' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -l store-id -d 'Id of the shop in the host' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -l dry-run -d 'Show the calls, and make none'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand deploy" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l namespace -d 'Namespace to publish under' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l key -d 'Name of the signing key. Default: the key of DAINO_SIGNING_KEY, else `default`' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l no-test -d 'Do not run the plugin\'s tests'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l dry-run -d 'Do everything but sign and send'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l type -d 'Only plugins of this type: payment-gateway, analytics, shipping or custom' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l limit -d 'Show at most N results' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -f -a "add" -d 'Add a repository, or all repositories of a user or an organisation, and read it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -f -a "list" -d 'List the sources and the plugins found in them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -f -a "remove" -d 'Take a source off the list'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -f -a "sync" -d 'Read the sources anew'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and not __fish_seen_subcommand_from add list remove sync help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -l api-url -d 'Address of GitHub\'s interface: `https://HOST/api/v3` for one of your own' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from sync" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from help" -f -a "add" -d 'Add a repository, or all repositories of a user or an organisation, and read it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the sources and the plugins found in them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Take a source off the list'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from help" -f -a "sync" -d 'Read the sources anew'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand source; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand info" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l reason -d 'Why, for those who use it' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l key -d 'Name of the signing key. Can be given several times, where several keys have to sign' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l undo -d 'Take the withdrawal back'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l dry-run -d 'Say what would be changed, and send nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand yank" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l affected -d 'Versions that have the fault, such as "<1.3.0"' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l id -d 'Id of the advisory. One that is there is changed' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l severity -d 'How bad it is: low, medium, high or critical' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l summary -d 'What the fault is, in one or two sentences' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l key -d 'Name of the signing key. Can be given several times, where several keys have to sign' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l dry-run -d 'Say what would be changed, and send nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand advise" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l locked -d 'Install exactly what the shop\'s lock file says, or another one' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l accept-permissions -d 'Give the plugin the permissions listed, or `all`, which `-y` does not mean. Without a list they are shown and asked for' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l set -d 'Set a setting of the plugin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l config -d 'Read settings from a JSON file; `--set` wins over it' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l secret -d 'Read a secret of the plugin from stdin: NAME=-. Or set `DAINO_SECRET_<NAME>`' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l secret-file -d 'Read a secret of the plugin from a file' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l registry -d 'Name or URL of the registry; that of the installation when absent' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l trust-key -d 'Accept this key of a publisher, or `new` for any key of one that is new here' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l allow-unsigned -d 'Take code from a Git repository, which nobody signed'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l accept-findings -d 'Take the plugin although the validator refuses it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l dry-run -d 'Show what would be done, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l from -d 'Take the release from this file, directory or registry name instead of where it came from' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l to -d 'Update to this version or range' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l min-age -d 'Take no release that came out less than this ago: 12h, 3d, 2w' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l accept-permissions -d 'Agree to wider rights: those listed, or `all`. Without a list they are shown and asked for' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l accept-breaking -d 'Agree to what breaks: the areas or names listed, or all of it' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l set -d 'Set a setting of the plugin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l config -d 'Read settings from a JSON file; `--set` wins over it' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l secret -d 'Read a secret of the plugin from stdin: NAME=-. Or set `DAINO_SECRET_<NAME>`' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l secret-file -d 'Read a secret of the plugin from a file' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l registry -d 'Name or URL of the registry; that of the installation when absent' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l trust-key -d 'Accept this key of a publisher, or `new` for any key of one that is new here' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l all -d 'Update every plugin of the shop'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l minor -d 'Take no release that is more than a minor step'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l patch -d 'Take no release that is more than a patch'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l with-dependencies -d 'Install and update first what the new release needs, each as a whole, in the order of need'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l check -d 'Only say what there is'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l dry-run -d 'Show what would be done, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l allow-unsigned -d 'Take code from a Git repository, which nobody signed'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l accept-findings -d 'Take the plugin although the validator refuses it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand update" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l min-age -d 'Take no release that came out less than this ago: 12h, 3d, 2w' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l registry -d 'Name or URL of the registry; that of the installation when absent' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l trust-key -d 'Accept this key of a publisher, or `new` for any key of one that is new here' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand outdated" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l to -d 'A version, or the name of a backup; the release before the installed one when absent' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l data -d 'What becomes of rows that were written since: keep or restore' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l verify -d 'Rehearse it in a scratch copy, and say whether it works'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l force -d 'Drop what others built on the plugin\'s tables'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l dry-run -d 'Show what would be done, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand rollback" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l from -d 'Take the release from this file, directory or registry name instead of where it came from' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l accept-permissions -d 'Give the plugin the permissions listed, or `all`, which `-y` does not mean. Without a list they are shown and asked for' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l set -d 'Set a setting of the plugin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l config -d 'Read settings from a JSON file; `--set` wins over it' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l secret -d 'Read a secret of the plugin from stdin: NAME=-. Or set `DAINO_SECRET_<NAME>`' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l secret-file -d 'Read a secret of the plugin from a file' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l registry -d 'Name or URL of the registry; that of the installation when absent' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l trust-key -d 'Accept this key of a publisher, or `new` for any key of one that is new here' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l dry-run -d 'Show what would be done, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l allow-unsigned -d 'Take code from a Git repository, which nobody signed'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l accept-findings -d 'Take the plugin although the validator refuses it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand reinstall" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand enable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -l force -d 'Go on although other plugins need it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand disable" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pin" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand unpin" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -l limit -d 'Show at most this many entries' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand history" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l input -d 'First argument of the method: JSON, @FILE, or - for stdin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l hook -d 'Fire a hook' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l payload -d 'What the hook tells: JSON, @FILE, or - for stdin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l context -d 'Second argument of the hook, as filters get it: JSON or @FILE' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l route -d 'Call a route: "METHOD /path?query"' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l body -d 'Body of the route\'s request, as it is sent: text, @FILE, or - for stdin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l header -d 'Header of the route\'s request' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l explain -d 'Tell what the plugin used and was refused, and the smallest permissions that would do'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l cleanup-data -d 'Its own store, settings and secrets: keep, remove or ask' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l cleanup-tables -d 'Tables that its migrations created: keep, remove or ask' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l confirm -d 'Confirm a removal without a backup: the plugin\'s name once more; with `--cascade` each name' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l no-backup -d 'Make no backup first'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l remove-code -d 'Remove its code, too'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l force -d 'Go on although other plugins need it, and drop what others built on its tables'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l cascade -d 'Uninstall the plugins that need it, too, and before it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l dry-run -d 'Show what there is, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "list" -d 'List the backups of a shop, and check their digests'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "show" -d 'Show what a backup holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "verify" -d 'Check every part of a backup, and show what it holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "create" -d 'Make a backup of a plugin as it is now'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "restore" -d 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "export" -d 'Write a backup into one file, to be kept elsewhere'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "import" -d 'Bring a backup in from such a file'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "prune" -d 'Remove backups: those named, or those that a rule lets go'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list show verify create restore export import prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l dry-run -d 'Check the backup and whether there is room for it, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -s o -l output -d 'The file; named like the backup when absent' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -l encrypt -d 'Encrypt it with a passphrase, asked for or read from `DAINO_BACKUP_PASSPHRASE`; `age -d` opens it, too'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l plugin -d 'Only backups of this plugin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l keep-last -d 'Keep so many of the newest of each plugin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l keep-daily -d 'Keep the newest of a day, for so many days' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l keep-weekly -d 'Keep the newest of a week, for so many weeks' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l confirm -d 'Confirm that the last backup of a plugin that is not there any more goes: its name' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l dry-run -d 'Say what would go, and remove nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the backups of a shop, and check their digests'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show what a backup holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check every part of a backup, and show what it holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "create" -d 'Make a backup of a plugin as it is now'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write a backup into one file, to be kept elsewhere'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "import" -d 'Bring a backup in from such a file'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Remove backups: those named, or those that a rule lets go'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -f -a "generate" -d 'Make a signing key. An existing one is never overwritten'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -f -a "list" -d 'List the signing keys of this user'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -f -a "export" -d 'Write a key for another machine or tool: PKCS#8 in PEM, encrypted with a passphrase'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -f -a "import" -d 'Take a key from a file: a key file, PKCS#8 in PEM, or a line `ed25519-seed:BASE64`'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -f -a "passphrase" -d 'Give a key another passphrase. The key itself stays the same'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -f -a "rotate" -d 'Replace a key by a new one, here and for the namespace it signs for'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -f -a "revoke" -d 'Let a stolen or lost key sign nothing of a namespace any more. What it signed before stays'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list export import passphrase rotate revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l no-passphrase -d 'Store the secret without a passphrase, and do not ask for one'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l dry-run -d 'Say where the key would be, and make none'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -s o -l output -d 'A new file, readable by you alone. Default: the standard output' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -l public -d 'Only the public key, in base64'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -l name -d 'Name of the key on this machine. Default: `default`' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -l no-passphrase -d 'Store the secret without a passphrase, and do not ask for one'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from import" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -l remove -d 'Take the passphrase away: the file alone is enough to sign from then on'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from passphrase" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l namespace -d 'The namespace that it signs for' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l no-passphrase -d 'Store the new secret without a passphrase, and do not ask for one'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l dry-run -d 'Say what would be replaced, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l namespace -d 'The namespace' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l reason -d 'Why, for those who use its releases' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l key -d 'Name of the signing key. Can be given several times, where several keys have to sign' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l dry-run -d 'Say what would be changed, and send nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "generate" -d 'Make a signing key. An existing one is never overwritten'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the signing keys of this user'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "export" -d 'Write a key for another machine or tool: PKCS#8 in PEM, encrypted with a passphrase'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "import" -d 'Take a key from a file: a key file, PKCS#8 in PEM, or a line `ed25519-seed:BASE64`'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "passphrase" -d 'Give a key another passphrase. The key itself stays the same'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Replace a key by a new one, here and for the namespace it signs for'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'Let a stolen or lost key sign nothing of a namespace any more. What it signed before stays'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -f -a "list" -d 'Show the keys that sign for a namespace'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -f -a "add" -d 'Let one more key sign for a namespace'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -f -a "remove" -d 'Let a key sign for a namespace no more. What it signed before stays'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -f -a "transfer" -d 'Give a namespace to somebody else. You cannot take it back'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and not __fish_seen_subcommand_from list add remove transfer help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l threshold -d 'How many keys have to sign the next change of the owner' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l key -d 'Name of the signing key. Can be given several times, where several keys have to sign' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l recovery -d 'Keep it offline for the day when the other keys are lost or stolen: it changes the owner alone, and signs no release'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l dry-run -d 'Say what would be changed, and send nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l threshold -d 'How many keys have to sign the next change of the owner' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l key -d 'Name of the signing key. Can be given several times, where several keys have to sign' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l dry-run -d 'Say what would be changed, and send nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -l key -d 'Name of the signing key. Can be given several times, where several keys have to sign' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -l dry-run -d 'Say what would be changed, and send nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from transfer" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "list" -d 'Show the keys that sign for a namespace'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "add" -d 'Let one more key sign for a namespace'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Let a key sign for a namespace no more. What it signed before stays'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "transfer" -d 'Give a namespace to somebody else. You cannot take it back'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand owner; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -f -a "serve" -d 'Serve a registry until Ctrl-C or SIGTERM'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -f -a "token" -d 'Make, list and revoke tokens for publishing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -f -a "audit" -d 'Read a registry\'s whole log, and say whether the registry kept its rules'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token audit help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l data -d 'Directory of the registry' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l listen -d 'Where to listen; port 0 takes any free one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l name -d 'Name that clients show' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l behind-proxy -d 'Take the client\'s address from X-Forwarded-For, for limits and the log. Only behind a proxy that sets it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from serve" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -f -a "create" -d 'Make a token. It is printed once and never kept'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -f -a "list" -d 'List the tokens'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -f -a "revoke" -d 'Revoke a token, at once'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from token" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -l registry -d 'Name or URL of the registry' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from help" -f -a "serve" -d 'Serve a registry until Ctrl-C or SIGTERM'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from help" -f -a "token" -d 'Make, list and revoke tokens for publishing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Read a registry\'s whole log, and say whether the registry kept its rules'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -l stdio -d 'Does nothing; some editors pass it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand lsp" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -s o -l output -d 'Write it to FILE instead of stdout' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -l licences -d 'List every package inside this program with its licence'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -l all -d 'Write the scripts of every shell, and the man pages, below DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand completions" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "quickstart" -d 'Take the tour: a plugin from its first file to a row in a shop\'s database'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "create" -d 'Create a plugin from a template'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "dev" -d 'Serve plugins from their folders, reload them when they change, and show what they do'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "test" -d 'Run a plugin\'s tests in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "validate" -d 'Check a plugin: security, performance, compatibility, quality, manifest, packaging'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "permissions" -d 'Show the permissions of a plugin, or the smallest ones that its code provably needs'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "store" -d 'Make a local shop, and look at it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "pack" -d 'Pack a plugin into a reproducible release archive'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "import" -d 'Turn a package of a DainoStore host into a plugin\'s directory'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "deploy" -d 'Put a plugin into a DainoStore host, with every call its import leaves out'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "publish" -d 'Publish a signed release of a plugin to a registry'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "search" -d 'Search a registry for plugins'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "source" -d 'Keep a list of repositories to find plugins in'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "info" -d 'Show the releases of a plugin in a registry, and who signed them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "yank" -d 'Withdraw a release from new installs, or take that back'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "advise" -d 'Tell shops of a fault in releases of your plugin'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "install" -d 'Install a plugin into a shop and start it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "list" -d 'List the plugins of a shop, and check their code'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "update" -d 'Update plugins of a shop: compared, backed up, migrated, checked; or nothing happened'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "outdated" -d 'Say for which plugins of a shop there is a newer release'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "rollback" -d 'Go back to an earlier release of a plugin'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "reinstall" -d 'Install a plugin again from where it came from, with what an uninstallation kept'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "enable" -d 'Switch a plugin on'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "disable" -d 'Switch a plugin off; everything it has stays'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "pin" -d 'Keep a plugin at its version, or in a range'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "unpin" -d 'Let a plugin be updated to any version again'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "history" -d 'Show what was done to plugins, when and by whom'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "invoke" -d 'Call a method, a hook or a route of an installed plugin, in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "uninstall" -d 'Remove a plugin from a shop: disable, verified backup, data, tables, code, record'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "backup" -d 'Make, list, verify, restore, export, import and remove backups of plugins'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "key" -d 'Make, list, move, rotate and revoke signing keys'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "owner" -d 'Show and change who owns a namespace'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "registry" -d 'Run a registry of your own'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "lsp" -d 'Serve an editor: findings while you write, quick fixes, and the keys of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "schema" -d 'Print the JSON Schema of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "doctor" -d 'Check this machine: sandbox, database, tools'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "explain" -d 'Explain a rule or an error code'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate permissions store pack import deploy publish search source info yank advise install list update outdated rollback reinstall enable disable pin unpin history invoke uninstall backup key owner registry lsp schema doctor completions explain help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "init" -d 'Make a shop: its database, with sample data, and its folders'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "status" -d 'Show what a shop is and what is in it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "query" -d 'Read from the shop\'s database: one SELECT, which cannot write'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from source" -f -a "add" -d 'Add a repository, or all repositories of a user or an organisation, and read it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from source" -f -a "list" -d 'List the sources and the plugins found in them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from source" -f -a "remove" -d 'Take a source off the list'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from source" -f -a "sync" -d 'Read the sources anew'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "list" -d 'List the backups of a shop, and check their digests'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "show" -d 'Show what a backup holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "verify" -d 'Check every part of a backup, and show what it holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "create" -d 'Make a backup of a plugin as it is now'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "restore" -d 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "export" -d 'Write a backup into one file, to be kept elsewhere'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "import" -d 'Bring a backup in from such a file'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "prune" -d 'Remove backups: those named, or those that a rule lets go'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "generate" -d 'Make a signing key. An existing one is never overwritten'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "list" -d 'List the signing keys of this user'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "export" -d 'Write a key for another machine or tool: PKCS#8 in PEM, encrypted with a passphrase'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "import" -d 'Take a key from a file: a key file, PKCS#8 in PEM, or a line `ed25519-seed:BASE64`'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "passphrase" -d 'Give a key another passphrase. The key itself stays the same'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "rotate" -d 'Replace a key by a new one, here and for the namespace it signs for'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "revoke" -d 'Let a stolen or lost key sign nothing of a namespace any more. What it signed before stays'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from owner" -f -a "list" -d 'Show the keys that sign for a namespace'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from owner" -f -a "add" -d 'Let one more key sign for a namespace'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from owner" -f -a "remove" -d 'Let a key sign for a namespace no more. What it signed before stays'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from owner" -f -a "transfer" -d 'Give a namespace to somebody else. You cannot take it back'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from registry" -f -a "serve" -d 'Serve a registry until Ctrl-C or SIGTERM'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from registry" -f -a "token" -d 'Make, list and revoke tokens for publishing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from registry" -f -a "audit" -d 'Read a registry\'s whole log, and say whether the registry kept its rules'
