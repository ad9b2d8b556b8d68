# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_daino_pdk_global_optspecs
    string join \n C/directory= format= q/quiet v/verbose color= non-interactive y/yes offline h/help V/version
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
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -s V -l version -d 'Print version'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "create" -d 'Create a plugin from a template'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "validate" -d 'Check a plugin: security, performance, compatibility, quality'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "test" -d 'Run a plugin\'s tests in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "pack" -d 'Pack a plugin into a reproducible release archive'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "publish" -d 'Validate, test, pack, sign and upload a release'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "search" -d 'Search a registry for plugins'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "install" -d 'Install a plugin into a shop'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "list" -d 'List the plugins of a shop'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "invoke" -d 'Call a method or fire a hook of an installed plugin'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "uninstall" -d 'Remove a plugin from a shop, keeping or removing its data'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "key" -d 'Make and list signing keys'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "registry" -d 'Run a plugin registry'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "store" -d 'Make and inspect a local shop'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "schema" -d 'Print the JSON Schema of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "doctor" -d 'Check this machine: sandbox, database, tools'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "completions" -d 'Print a completion script for a shell'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "explain" -d 'Explain a rule or an error code'
complete -c daino-pdk -n "__fish_daino_pdk_needs_command" -f -a "quickstart" -d 'Walk one plugin through its whole life, on this machine'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l force -d 'Replace the template\'s files in a directory that is not empty'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l dry-run -d 'Show the files without writing them'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l no-git -d 'Make no git repository'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand create" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand validate" -s h -l help -d 'Print help (see more with \'--help\')'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand test" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand pack" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand publish" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand search" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand install" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand invoke" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand uninstall" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand key" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand registry" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand store" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -s o -l output -d 'Write it to FILE instead of stdout' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand schema" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand doctor" -l sandbox -d 'Attack the sandbox of this machine and show what was refused'
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
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand explain" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s C -l directory -d 'Run as if started in DIR' -r -F
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l format -d 'Form of the result on stdout. Some commands know more forms' -r
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l color -d 'When to use colour' -r -f -a "auto\t'On a terminal, unless `NO_COLOR` is set'
always\t'Always'
never\t'Never'"
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s q -l quiet -d 'Print only results, warnings and errors'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s v -l verbose -d 'Print details; twice for more'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l non-interactive -d 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s y -l yes -d 'Accept defaults without asking. Never means deleting data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -l offline -d 'Use no network'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand quickstart" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "create" -d 'Create a plugin from a template'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "validate" -d 'Check a plugin: security, performance, compatibility, quality'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "test" -d 'Run a plugin\'s tests in the sandbox'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "pack" -d 'Pack a plugin into a reproducible release archive'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "publish" -d 'Validate, test, pack, sign and upload a release'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "search" -d 'Search a registry for plugins'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "install" -d 'Install a plugin into a shop'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "list" -d 'List the plugins of a shop'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "invoke" -d 'Call a method or fire a hook of an installed plugin'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "uninstall" -d 'Remove a plugin from a shop, keeping or removing its data'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "key" -d 'Make and list signing keys'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "registry" -d 'Run a plugin registry'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "store" -d 'Make and inspect a local shop'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "schema" -d 'Print the JSON Schema of manifest.json'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "doctor" -d 'Check this machine: sandbox, database, tools'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "completions" -d 'Print a completion script for a shell'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "explain" -d 'Explain a rule or an error code'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "quickstart" -d 'Walk one plugin through its whole life, on this machine'
complete -c daino-pdk -n "__fish_daino_pdk_using_subcommand help; and not __fish_seen_subcommand_from create validate test pack publish search install list invoke uninstall key registry store schema doctor completions explain quickstart help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
