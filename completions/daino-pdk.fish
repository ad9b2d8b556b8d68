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
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "store" -d 'Make a local shop, and look at it'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "pack" -d 'Pack a plugin into a reproducible release archive'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "publish" -d 'Publish a signed release of a plugin to a registry'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "search" -d 'Search a registry for plugins'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "info" -d 'Show the releases of a plugin in a registry, and who signed them'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "yank" -d 'Withdraw a release from new installs, or take that back'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "install" -d 'Install a plugin into a shop and start it'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "list" -d 'List the plugins of a shop, and check their code'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "invoke" -d 'Call a method, a hook or a route of an installed plugin, in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "uninstall" -d 'Remove a plugin from a shop: disable, verified backup, data, tables, code, record'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "backup" -d 'List, verify and restore backups of plugins'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "key" -d 'Make and list signing keys'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "registry" -d 'Run a registry of your own'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand dev" -l record -d 'Write every call and its answer to FILE' -r -F
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l seed -d 'Decide all randomness inside the tests' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l clock -d 'Start the tests\' clock at TIME; `virtual` starts it now, `real` is the machine\'s clock' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l shuffle -d 'Run the tests of each file in a random order, decided by SEED' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l repeat -d 'Run each file N times, each with another seed; a test that fails in some runs is flaky' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l bail -d 'Stop after N failures' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l shard -d 'Run one part of the files, such as 1/3' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l fail-on-no-tests -d 'Fail when there is nothing to run' -r -f -a "true\t''
false\t''"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l coverage -d 'Count which of the plugin\'s code runs: text, lcov or istanbul, shown or written to FILE. Repeatable' -r
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l profile -d 'How strict: `audit` takes any tree of JavaScript and knows no plugin' -r -f -a "dev\t'Fails on errors'
store\t'As the registry checks: fails on errors, and on warnings about security'
strict\t'Fails on warnings'
audit\t'Any tree of JavaScript; only rules about code'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l fail-on -d 'Least weight that fails the run. Default: the profile\'s' -r -f -a "info\t''
warning\t''
error\t''
critical\t''"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l only -d 'Run only these rules' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l skip -d 'Leave out these rules' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l against-host -d 'Check against this version of the host instead of the one this program provides' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l osv -d 'Look for packages with known weaknesses: a folder of advisories in OSV\'s form' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l list-rules -d 'List the rules, and check nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s o -l output -d 'Archive to write. Default: `<slug>-<version>.dpk` where the command runs' -r -F
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l set -d 'Set a setting of the plugin' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l config -d 'Read settings from a JSON file; `--set` wins over it' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l secret -d 'Read a secret of the plugin from stdin: NAME=-. Or set `DAINO_SECRET_<NAME>`' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l secret-file -d 'Read a secret of the plugin from a file' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l registry -d 'Name or URL of the registry' -r
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l accept-permissions -d 'Give the plugin the permissions it asks for; `-y` means that, too'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l cleanup-data -d 'Its own store, settings and secrets: keep, remove or ask' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l cleanup-tables -d 'Tables that its migrations created: keep, remove or ask' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l confirm -d 'Confirm a removal without a backup: the plugin\'s name once more' -r
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l dry-run -d 'Show what there is, and change nothing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -f -a "list" -d 'List the backups of a shop, and check their digests'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -f -a "verify" -d 'Check every part of a backup, and show what it holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -f -a "restore" -d 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and not __fish_seen_subcommand_from list verify restore help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l store -d 'Directory of the shop' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l database-url -d 'Use this PostgreSQL server instead of a private one' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the backups of a shop, and check their digests'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Check every part of a backup, and show what it holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand backup; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -f -a "generate" -d 'Make a signing key. An existing one is never overwritten'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -f -a "list" -d 'List the signing keys of this user'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and not __fish_seen_subcommand_from generate list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from generate" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "generate" -d 'Make a signing key. An existing one is never overwritten'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the signing keys of this user'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -f -a "serve" -d 'Serve a registry until Ctrl-C or SIGTERM'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -f -a "token" -d 'Make, list and revoke tokens for publishing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and not __fish_seen_subcommand_from serve token help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from help" -f -a "serve" -d 'Serve a registry until Ctrl-C or SIGTERM'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from help" -f -a "token" -d 'Make, list and revoke tokens for publishing'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "quickstart" -d 'Take the tour: a plugin from its first file to a row in a shop\'s database'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "create" -d 'Create a plugin from a template'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "dev" -d 'Serve plugins from their folders, reload them when they change, and show what they do'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "test" -d 'Run a plugin\'s tests in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "validate" -d 'Check a plugin: security, performance, compatibility, quality, manifest, packaging'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "store" -d 'Make a local shop, and look at it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "pack" -d 'Pack a plugin into a reproducible release archive'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "publish" -d 'Publish a signed release of a plugin to a registry'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "search" -d 'Search a registry for plugins'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "info" -d 'Show the releases of a plugin in a registry, and who signed them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "yank" -d 'Withdraw a release from new installs, or take that back'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "install" -d 'Install a plugin into a shop and start it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "list" -d 'List the plugins of a shop, and check their code'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "invoke" -d 'Call a method, a hook or a route of an installed plugin, in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "uninstall" -d 'Remove a plugin from a shop: disable, verified backup, data, tables, code, record'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "backup" -d 'List, verify and restore backups of plugins'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "key" -d 'Make and list signing keys'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "registry" -d 'Run a registry of your own'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "schema" -d 'Print the JSON Schema of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "doctor" -d 'Check this machine: sandbox, database, tools'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "explain" -d 'Explain a rule or an error code'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from quickstart create dev test validate store pack publish search info yank install list invoke uninstall backup key registry schema doctor completions explain help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "init" -d 'Make a shop: its database, with sample data, and its folders'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "status" -d 'Show what a shop is and what is in it'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from store" -f -a "query" -d 'Read from the shop\'s database: one SELECT, which cannot write'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "list" -d 'List the backups of a shop, and check their digests'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "verify" -d 'Check every part of a backup, and show what it holds'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from backup" -f -a "restore" -d 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "generate" -d 'Make a signing key. An existing one is never overwritten'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "list" -d 'List the signing keys of this user'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from registry" -f -a "serve" -d 'Serve a registry until Ctrl-C or SIGTERM'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from registry" -f -a "token" -d 'Make, list and revoke tokens for publishing'
