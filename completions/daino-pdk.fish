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
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "create" -d 'Create a plugin from a template'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "test" -d 'Run a plugin\'s tests in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "pack" -d 'Pack a plugin into a reproducible release archive'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "publish" -d 'Publish a signed release of a plugin to a registry'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "search" -d 'Search a registry for plugins'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "info" -d 'Show the releases of a plugin in a registry, and who signed them'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "yank" -d 'Withdraw a release from new installs, or take that back'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "key" -d 'Make and list signing keys'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "registry" -d 'Run a registry of your own'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "schema" -d 'Print the JSON Schema of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "doctor" -d 'Check this machine: sandbox, database, tools'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "explain" -d 'Explain a rule or an error code'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l suite -d 'Run the tests of one suite: a folder below `tests/`' -r -f -a "unit\t'`tests/unit`, and files directly in `tests/`'
integration\t'`tests/integration`'
security\t'`tests/security`'
performance\t'`tests/performance`'
all\t'Every suite'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l filter -d 'Run tests whose file or full name contains TEXT; names are joined by ` > `' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l timeout -d 'Stop a file that takes longer' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l jobs -d 'Run at most N files at the same time. Default: one per processor' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l junit -d 'Write the report as JUnit XML to FILE, too' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l sandbox -d 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full' -r -f -a "full\t'Every required layer, or the plugin does not run'
reduced\t'What this system has; the engine\'s and the broker\'s limits always hold'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "create" -d 'Create a plugin from a template'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "test" -d 'Run a plugin\'s tests in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "pack" -d 'Pack a plugin into a reproducible release archive'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "publish" -d 'Publish a signed release of a plugin to a registry'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "search" -d 'Search a registry for plugins'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "info" -d 'Show the releases of a plugin in a registry, and who signed them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "yank" -d 'Withdraw a release from new installs, or take that back'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "key" -d 'Make and list signing keys'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "registry" -d 'Run a registry of your own'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "schema" -d 'Print the JSON Schema of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "doctor" -d 'Check this machine: sandbox, database, tools'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "explain" -d 'Explain a rule or an error code'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create test pack publish search info yank key registry schema doctor completions explain help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "generate" -d 'Make a signing key. An existing one is never overwritten'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from key" -f -a "list" -d 'List the signing keys of this user'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from registry" -f -a "serve" -d 'Serve a registry until Ctrl-C or SIGTERM'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and __fish_seen_subcommand_from registry" -f -a "token" -d 'Make, list and revoke tokens for publishing'
