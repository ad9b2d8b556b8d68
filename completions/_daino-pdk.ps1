
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'daino-pdk' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'daino-pdk'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'daino-pdk' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('quickstart', 'quickstart', [CompletionResultType]::ParameterValue, 'Take the tour: a plugin from its first file to a row in a shop''s database')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a plugin from a template')
            [CompletionResult]::new('dev', 'dev', [CompletionResultType]::ParameterValue, 'Serve plugins from their folders, reload them when they change, and show what they do')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run a plugin''s tests in the sandbox')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Check a plugin: security, performance, compatibility, quality, manifest, packaging')
            [CompletionResult]::new('permissions', 'permissions', [CompletionResultType]::ParameterValue, 'Show the permissions of a plugin, or the smallest ones that its code provably needs')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Make a local shop, and look at it')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Pack a plugin into a reproducible release archive')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Turn a package of a DainoStore host into a plugin''s directory')
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'Put a plugin into a DainoStore host, with every call its import leaves out')
            [CompletionResult]::new('publish', 'publish', [CompletionResultType]::ParameterValue, 'Publish a signed release of a plugin to a registry')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Search a registry for plugins')
            [CompletionResult]::new('source', 'source', [CompletionResultType]::ParameterValue, 'Keep a list of repositories to find plugins in')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show the releases of a plugin in a registry, and who signed them')
            [CompletionResult]::new('yank', 'yank', [CompletionResultType]::ParameterValue, 'Withdraw a release from new installs, or take that back')
            [CompletionResult]::new('advise', 'advise', [CompletionResultType]::ParameterValue, 'Tell shops of a fault in releases of your plugin')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Install a plugin into a shop and start it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the plugins of a shop, and check their code')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Update plugins of a shop: compared, backed up, migrated, checked; or nothing happened')
            [CompletionResult]::new('outdated', 'outdated', [CompletionResultType]::ParameterValue, 'Say for which plugins of a shop there is a newer release')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Go back to an earlier release of a plugin')
            [CompletionResult]::new('reinstall', 'reinstall', [CompletionResultType]::ParameterValue, 'Install a plugin again from where it came from, with what an uninstallation kept')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Switch a plugin on')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Switch a plugin off; everything it has stays')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Keep a plugin at its version, or in a range')
            [CompletionResult]::new('unpin', 'unpin', [CompletionResultType]::ParameterValue, 'Let a plugin be updated to any version again')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show what was done to plugins, when and by whom')
            [CompletionResult]::new('invoke', 'invoke', [CompletionResultType]::ParameterValue, 'Call a method, a hook or a route of an installed plugin, in the sandbox')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Remove a plugin from a shop: disable, verified backup, data, tables, code, record')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Make, list, verify, restore, export, import and remove backups of plugins')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Make, list, move, rotate and revoke signing keys')
            [CompletionResult]::new('owner', 'owner', [CompletionResultType]::ParameterValue, 'Show and change who owns a namespace')
            [CompletionResult]::new('registry', 'registry', [CompletionResultType]::ParameterValue, 'Run a registry of your own')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: findings while you write, quick fixes, and the keys of manifest.json')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of manifest.json')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check this machine: sandbox, database, tools')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule or an error code')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;quickstart' {
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Directory of the tour, which must not exist')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Leave the plugin installed, and registry and shop running until Ctrl-C')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;create' {
            [CompletionResult]::new('-t', '-t', [CompletionResultType]::ParameterName, 'Template: payment-gateway, analytics, shipping or custom')
            [CompletionResult]::new('--template', '--template', [CompletionResultType]::ParameterName, 'Template: payment-gateway, analytics, shipping or custom')
            [CompletionResult]::new('-l', '-l', [CompletionResultType]::ParameterName, 'Language: js or ts')
            [CompletionResult]::new('--lang', '--lang', [CompletionResultType]::ParameterName, 'Language: js or ts')
            [CompletionResult]::new('--dir', '--dir', [CompletionResultType]::ParameterName, 'Directory of the plugin. Default: NAME, here')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set a value: name, description, author, license, or one of the template''s own')
            [CompletionResult]::new('--answers', '--answers', [CompletionResultType]::ParameterName, 'Read answers from a TOML file; flags win over it')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace the template''s files in a directory that is not empty')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the files without writing them')
            [CompletionResult]::new('--no-git', '--no-git', [CompletionResultType]::ParameterName, 'Make no git repository')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;dev' {
            [CompletionResult]::new('--port', '--port', [CompletionResultType]::ParameterName, 'Serve on this port of 127.0.0.1; 0 takes any. Default: the first free one from 4747')
            [CompletionResult]::new('--mock', '--mock', [CompletionResultType]::ParameterName, 'Send requests for HOST to a server on this machine. May be given several times')
            [CompletionResult]::new('--record', '--record', [CompletionResultType]::ParameterName, 'Write every call down as a test in `tests/fixtures`; with FILE, all calls and answers to it')
            [CompletionResult]::new('--replay', '--replay', [CompletionResultType]::ParameterName, 'Make the calls of a recording again, show what differs, and end')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print every event as a line of JSON on stdout. `--format json` does the same')
            [CompletionResult]::new('--poll', '--poll', [CompletionResultType]::ParameterName, 'Look for changes instead of being told: for network drives')
            [CompletionResult]::new('--no-database', '--no-database', [CompletionResultType]::ParameterName, 'Keep no data in a database: plugins with tables cannot use them')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Open the page in a browser')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;test' {
            [CompletionResult]::new('--suite', '--suite', [CompletionResultType]::ParameterName, 'Run these suites: folders below `tests/`. `security`, `performance` and `conformance` add generated tests; `full` is everything')
            [CompletionResult]::new('--filter', '--filter', [CompletionResultType]::ParameterName, 'Run tests whose file or full name contains TEXT; names are joined by ` > `')
            [CompletionResult]::new('--timeout', '--timeout', [CompletionResultType]::ParameterName, 'Stop a file that takes longer')
            [CompletionResult]::new('--jobs', '--jobs', [CompletionResultType]::ParameterName, 'Run at most N files at the same time. Default: one per processor')
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a report: pretty, json, junit, tap, github or html, to stdout or to FILE. Repeatable')
            [CompletionResult]::new('--junit', '--junit', [CompletionResultType]::ParameterName, 'Write the report as JUnit XML to FILE; the same as `--report junit=FILE`')
            [CompletionResult]::new('--mock', '--mock', [CompletionResultType]::ParameterName, 'Send requests for HOST that no mock answers to a server on this machine. Repeatable')
            [CompletionResult]::new('--seed', '--seed', [CompletionResultType]::ParameterName, 'Decide all randomness inside the tests')
            [CompletionResult]::new('--clock', '--clock', [CompletionResultType]::ParameterName, 'Start the tests'' clock at TIME; `virtual` starts it now, `real` is the machine''s clock')
            [CompletionResult]::new('--shuffle', '--shuffle', [CompletionResultType]::ParameterName, 'Run the tests of each file in a random order, decided by SEED')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Run each file N times, each with another seed; a test that fails in some runs is flaky')
            [CompletionResult]::new('--bail', '--bail', [CompletionResultType]::ParameterName, 'Stop after N failures')
            [CompletionResult]::new('--shard', '--shard', [CompletionResultType]::ParameterName, 'Run one part of the files, such as 1/3')
            [CompletionResult]::new('--fail-on-no-tests', '--fail-on-no-tests', [CompletionResultType]::ParameterName, 'Fail when there is nothing to run')
            [CompletionResult]::new('--coverage', '--coverage', [CompletionResultType]::ParameterName, 'Count which of the plugin''s code runs: text, lcov, cobertura, istanbul or html, shown or written to FILE. Repeatable')
            [CompletionResult]::new('--min-statements', '--min-statements', [CompletionResultType]::ParameterName, 'Fail when less than PERCENT of the statements ran')
            [CompletionResult]::new('--min-lines', '--min-lines', [CompletionResultType]::ParameterName, 'Fail when less than PERCENT of the lines ran')
            [CompletionResult]::new('--min-branches', '--min-branches', [CompletionResultType]::ParameterName, 'Fail when less than PERCENT of the branches ran')
            [CompletionResult]::new('--min-functions', '--min-functions', [CompletionResultType]::ParameterName, 'Fail when less than PERCENT of the functions ran')
            [CompletionResult]::new('--max-p95', '--max-p95', [CompletionResultType]::ParameterName, 'Fail a handler whose 95th percentile takes longer')
            [CompletionResult]::new('--max-ticks', '--max-ticks', [CompletionResultType]::ParameterName, 'Fail a handler that needs more thousands of engine steps per call')
            [CompletionResult]::new('--max-queries', '--max-queries', [CompletionResultType]::ParameterName, 'Fail a handler that runs more database statements per call')
            [CompletionResult]::new('--bench-save', '--bench-save', [CompletionResultType]::ParameterName, 'Keep what the handlers cost in FILE')
            [CompletionResult]::new('--bench-compare', '--bench-compare', [CompletionResultType]::ParameterName, 'Fail a handler that costs more than in FILE, which `--bench-save` made')
            [CompletionResult]::new('--max-regress', '--max-regress', [CompletionResultType]::ParameterName, 'Percent that a handler may cost more than in the compared file')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-u', '-u', [CompletionResultType]::ParameterName, 'Write snapshots that differ or are not there, and remove those no test asks for')
            [CompletionResult]::new('--update-snapshots', '--update-snapshots', [CompletionResultType]::ParameterName, 'Write snapshots that differ or are not there, and remove those no test asks for')
            [CompletionResult]::new('--record-http', '--record-http', [CompletionResultType]::ParameterName, 'Make the requests that no mock answers, and write them down with their answers; later runs are answered from there. Secrets come from `DAINO_SECRET_NAME` and are not written down')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Tell what the tests used and were refused, and the smallest permissions that would do')
            [CompletionResult]::new('-w', '-w', [CompletionResultType]::ParameterName, 'Run again what a change touches, until q is pressed. Single keys: a all, f failed, p filter, u update the snapshots of failed tests, q quit')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Run again what a change touches, until q is pressed. Single keys: a all, f failed, p filter, u update the snapshots of failed tests, q quit')
            [CompletionResult]::new('--forbid-only', '--forbid-only', [CompletionResultType]::ParameterName, 'Fail a test that is marked with `.only`, which would leave out all others')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;validate' {
            [CompletionResult]::new('--report', '--report', [CompletionResultType]::ParameterName, 'Write a report: pretty, json, sarif, github, gitlab, junit, markdown, html or unix, to stdout or to FILE. Repeatable')
            [CompletionResult]::new('--profile', '--profile', [CompletionResultType]::ParameterName, 'How strict: `audit` takes any tree of JavaScript and knows no plugin')
            [CompletionResult]::new('--only', '--only', [CompletionResultType]::ParameterName, 'Run only these rules: ids, patterns such as `*-injection`, or checks such as `security`')
            [CompletionResult]::new('--skip', '--skip', [CompletionResultType]::ParameterName, 'Leave out these rules')
            [CompletionResult]::new('--against-host', '--against-host', [CompletionResultType]::ParameterName, 'Check against this version of the host instead of the one this program provides')
            [CompletionResult]::new('--osv', '--osv', [CompletionResultType]::ParameterName, 'Look for packages with known weaknesses: a folder of advisories in OSV''s form')
            [CompletionResult]::new('--with', '--with', [CompletionResultType]::ParameterName, 'Run your own linter, too, and report what it finds: the project''s, else the one on PATH. Its configuration is code, and runs. Repeatable')
            [CompletionResult]::new('--baseline', '--baseline', [CompletionResultType]::ParameterName, 'Leave out the findings that FILE knows')
            [CompletionResult]::new('--diff', '--diff', [CompletionResultType]::ParameterName, 'Report only what is on lines changed since HEAD and REF parted, and in new files')
            [CompletionResult]::new('--fail-on', '--fail-on', [CompletionResultType]::ParameterName, 'Least weight that fails the run. Default: the profile''s')
            [CompletionResult]::new('--min-score', '--min-score', [CompletionResultType]::ParameterName, 'Fail when the score is under N')
            [CompletionResult]::new('--max-warnings', '--max-warnings', [CompletionResultType]::ParameterName, 'Fail when there are more than N warnings')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Explain a rule, and check nothing')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--no-annotations', '--no-annotations', [CompletionResultType]::ParameterName, 'Leave out what a CI service is told without being asked')
            [CompletionResult]::new('--write-baseline', '--write-baseline', [CompletionResultType]::ParameterName, 'Write everything that is found to the baseline''s FILE')
            [CompletionResult]::new('--fix', '--fix', [CompletionResultType]::ParameterName, 'Mend what can be mended safely, then check again')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what `--fix` or `--write-baseline` would change, and change nothing')
            [CompletionResult]::new('--watch', '--watch', [CompletionResultType]::ParameterName, 'Check again whenever a file changes')
            [CompletionResult]::new('--list-rules', '--list-rules', [CompletionResultType]::ParameterName, 'List the rules, and check nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;permissions' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--infer', '--infer', [CompletionResultType]::ParameterName, 'Infer from the code what is needed')
            [CompletionResult]::new('--write', '--write', [CompletionResultType]::ParameterName, 'Write what is needed into manifest.json; everything else in it stays as it is')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'With `--write`: write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;store' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a shop: its database, with sample data, and its folders')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what a shop is and what is in it')
            [CompletionResult]::new('query', 'query', [CompletionResultType]::ParameterValue, 'Read from the shop''s database: one SELECT, which cannot write')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;store;init' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the shop')
            [CompletionResult]::new('--currency', '--currency', [CompletionResultType]::ParameterName, 'Currency, ISO 4217')
            [CompletionResult]::new('--timezone', '--timezone', [CompletionResultType]::ParameterName, 'Time zone, IANA name')
            [CompletionResult]::new('--schema', '--schema', [CompletionResultType]::ParameterName, 'Schema of the shop''s tables; several shops of one database have one each. Else `[store]` of the settings, else `public`')
            [CompletionResult]::new('--service-role', '--service-role', [CompletionResultType]::ParameterName, 'Role that the shop''s own application works as: it may read and write the shop''s tables and those of plugins')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--no-sample-data', '--no-sample-data', [CompletionResultType]::ParameterName, 'Leave out the sample customers, products and orders')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be made, and make nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;store;status' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;store;query' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most N rows')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;store;help' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a shop: its database, with sample data, and its folders')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what a shop is and what is in it')
            [CompletionResult]::new('query', 'query', [CompletionResultType]::ParameterValue, 'Read from the shop''s database: one SELECT, which cannot write')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;store;help;init' {
            break
        }
        'daino-pdk;store;help;status' {
            break
        }
        'daino-pdk;store;help;query' {
            break
        }
        'daino-pdk;store;help;help' {
            break
        }
        'daino-pdk;pack' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'File to write. Default: `<slug>-<version>.dpk`, or `.daino.json`, where the command runs')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'File to write. Default: `<slug>-<version>.dpk`, or `.daino.json`, where the command runs')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'List the files and digests, and write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;import' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Write into a directory that is not empty')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be written, and write nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;deploy' {
            [CompletionResult]::new('--host', '--host', [CompletionResultType]::ParameterName, 'Address of the host')
            [CompletionResult]::new('--store-id', '--store-id', [CompletionResultType]::ParameterName, 'Id of the shop in the host')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show the calls, and make none')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;publish' {
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace to publish under')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Name of the signing key. Default: the key of DAINO_SIGNING_KEY, else `default`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--no-test', '--no-test', [CompletionResultType]::ParameterName, 'Do not run the plugin''s tests')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Do everything but sign and send')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;search' {
            [CompletionResult]::new('--type', '--type', [CompletionResultType]::ParameterName, 'Only plugins of this type: payment-gateway, analytics, shipping or custom')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most N results')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;source' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a repository, or all repositories of a user or an organisation, and read it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sources and the plugins found in them')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take a source off the list')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Read the sources anew')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;source;add' {
            [CompletionResult]::new('--api-url', '--api-url', [CompletionResultType]::ParameterName, 'Address of GitHub''s interface: `https://HOST/api/v3` for one of your own')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;source;list' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;source;remove' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;source;sync' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;source;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a repository, or all repositories of a user or an organisation, and read it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sources and the plugins found in them')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take a source off the list')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Read the sources anew')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;source;help;add' {
            break
        }
        'daino-pdk;source;help;list' {
            break
        }
        'daino-pdk;source;help;remove' {
            break
        }
        'daino-pdk;source;help;sync' {
            break
        }
        'daino-pdk;source;help;help' {
            break
        }
        'daino-pdk;info' {
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;yank' {
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for those who use it')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Name of the signing key. Can be given several times, where several keys have to sign')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--undo', '--undo', [CompletionResultType]::ParameterName, 'Take the withdrawal back')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be changed, and send nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;advise' {
            [CompletionResult]::new('--affected', '--affected', [CompletionResultType]::ParameterName, 'Versions that have the fault, such as "<1.3.0"')
            [CompletionResult]::new('--id', '--id', [CompletionResultType]::ParameterName, 'Id of the advisory. One that is there is changed')
            [CompletionResult]::new('--severity', '--severity', [CompletionResultType]::ParameterName, 'How bad it is: low, medium, high or critical')
            [CompletionResult]::new('--summary', '--summary', [CompletionResultType]::ParameterName, 'What the fault is, in one or two sentences')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Name of the signing key. Can be given several times, where several keys have to sign')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be changed, and send nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;install' {
            [CompletionResult]::new('--locked', '--locked', [CompletionResultType]::ParameterName, 'Install exactly what the shop''s lock file says, or another one')
            [CompletionResult]::new('--accept-permissions', '--accept-permissions', [CompletionResultType]::ParameterName, 'Give the plugin the permissions listed, or `all`, which `-y` does not mean. Without a list they are shown and asked for')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set a setting of the plugin')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from a JSON file; `--set` wins over it')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'Read a secret of the plugin from stdin: NAME=-. Or set `DAINO_SECRET_<NAME>`')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read a secret of the plugin from a file')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry; that of the installation when absent')
            [CompletionResult]::new('--trust-key', '--trust-key', [CompletionResultType]::ParameterName, 'Accept this key of a publisher, or `new` for any key of one that is new here')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--allow-unsigned', '--allow-unsigned', [CompletionResultType]::ParameterName, 'Take code from a Git repository, which nobody signed')
            [CompletionResult]::new('--accept-findings', '--accept-findings', [CompletionResultType]::ParameterName, 'Take the plugin although the validator refuses it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;update' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Take the release from this file, directory or registry name instead of where it came from')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Update to this version or range')
            [CompletionResult]::new('--min-age', '--min-age', [CompletionResultType]::ParameterName, 'Take no release that came out less than this ago: 12h, 3d, 2w')
            [CompletionResult]::new('--accept-permissions', '--accept-permissions', [CompletionResultType]::ParameterName, 'Agree to wider rights: those listed, or `all`. Without a list they are shown and asked for')
            [CompletionResult]::new('--accept-breaking', '--accept-breaking', [CompletionResultType]::ParameterName, 'Agree to what breaks: the areas or names listed, or all of it')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set a setting of the plugin')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from a JSON file; `--set` wins over it')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'Read a secret of the plugin from stdin: NAME=-. Or set `DAINO_SECRET_<NAME>`')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read a secret of the plugin from a file')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry; that of the installation when absent')
            [CompletionResult]::new('--trust-key', '--trust-key', [CompletionResultType]::ParameterName, 'Accept this key of a publisher, or `new` for any key of one that is new here')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Update every plugin of the shop')
            [CompletionResult]::new('--minor', '--minor', [CompletionResultType]::ParameterName, 'Take no release that is more than a minor step')
            [CompletionResult]::new('--patch', '--patch', [CompletionResultType]::ParameterName, 'Take no release that is more than a patch')
            [CompletionResult]::new('--with-dependencies', '--with-dependencies', [CompletionResultType]::ParameterName, 'Install and update first what the new release needs, each as a whole, in the order of need')
            [CompletionResult]::new('--check', '--check', [CompletionResultType]::ParameterName, 'Only say what there is')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--allow-unsigned', '--allow-unsigned', [CompletionResultType]::ParameterName, 'Take code from a Git repository, which nobody signed')
            [CompletionResult]::new('--accept-findings', '--accept-findings', [CompletionResultType]::ParameterName, 'Take the plugin although the validator refuses it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;outdated' {
            [CompletionResult]::new('--min-age', '--min-age', [CompletionResultType]::ParameterName, 'Take no release that came out less than this ago: 12h, 3d, 2w')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry; that of the installation when absent')
            [CompletionResult]::new('--trust-key', '--trust-key', [CompletionResultType]::ParameterName, 'Accept this key of a publisher, or `new` for any key of one that is new here')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;rollback' {
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'A version, or the name of a backup; the release before the installed one when absent')
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'What becomes of rows that were written since: keep or restore')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--verify', '--verify', [CompletionResultType]::ParameterName, 'Rehearse it in a scratch copy, and say whether it works')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Drop what others built on the plugin''s tables')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;reinstall' {
            [CompletionResult]::new('--from', '--from', [CompletionResultType]::ParameterName, 'Take the release from this file, directory or registry name instead of where it came from')
            [CompletionResult]::new('--accept-permissions', '--accept-permissions', [CompletionResultType]::ParameterName, 'Give the plugin the permissions listed, or `all`, which `-y` does not mean. Without a list they are shown and asked for')
            [CompletionResult]::new('--set', '--set', [CompletionResultType]::ParameterName, 'Set a setting of the plugin')
            [CompletionResult]::new('--config', '--config', [CompletionResultType]::ParameterName, 'Read settings from a JSON file; `--set` wins over it')
            [CompletionResult]::new('--secret', '--secret', [CompletionResultType]::ParameterName, 'Read a secret of the plugin from stdin: NAME=-. Or set `DAINO_SECRET_<NAME>`')
            [CompletionResult]::new('--secret-file', '--secret-file', [CompletionResultType]::ParameterName, 'Read a secret of the plugin from a file')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry; that of the installation when absent')
            [CompletionResult]::new('--trust-key', '--trust-key', [CompletionResultType]::ParameterName, 'Accept this key of a publisher, or `new` for any key of one that is new here')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would be done, and change nothing')
            [CompletionResult]::new('--allow-unsigned', '--allow-unsigned', [CompletionResultType]::ParameterName, 'Take code from a Git repository, which nobody signed')
            [CompletionResult]::new('--accept-findings', '--accept-findings', [CompletionResultType]::ParameterName, 'Take the plugin although the validator refuses it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;enable' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;disable' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Go on although other plugins need it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;pin' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;unpin' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;history' {
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Show at most this many entries')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;invoke' {
            [CompletionResult]::new('--input', '--input', [CompletionResultType]::ParameterName, 'First argument of the method: JSON, @FILE, or - for stdin')
            [CompletionResult]::new('--hook', '--hook', [CompletionResultType]::ParameterName, 'Fire a hook')
            [CompletionResult]::new('--payload', '--payload', [CompletionResultType]::ParameterName, 'What the hook tells: JSON, @FILE, or - for stdin')
            [CompletionResult]::new('--context', '--context', [CompletionResultType]::ParameterName, 'Second argument of the hook, as filters get it: JSON or @FILE')
            [CompletionResult]::new('--route', '--route', [CompletionResultType]::ParameterName, 'Call a route: "METHOD /path?query"')
            [CompletionResult]::new('--body', '--body', [CompletionResultType]::ParameterName, 'Body of the route''s request, as it is sent: text, @FILE, or - for stdin')
            [CompletionResult]::new('--header', '--header', [CompletionResultType]::ParameterName, 'Header of the route''s request')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Tell what the plugin used and was refused, and the smallest permissions that would do')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;uninstall' {
            [CompletionResult]::new('--cleanup-data', '--cleanup-data', [CompletionResultType]::ParameterName, 'Its own store, settings and secrets: keep, remove or ask')
            [CompletionResult]::new('--cleanup-tables', '--cleanup-tables', [CompletionResultType]::ParameterName, 'Tables that its migrations created: keep, remove or ask')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'Confirm a removal without a backup: the plugin''s name once more; with `--cascade` each name')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--no-backup', '--no-backup', [CompletionResultType]::ParameterName, 'Make no backup first')
            [CompletionResult]::new('--remove-code', '--remove-code', [CompletionResultType]::ParameterName, 'Remove its code, too')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Go on although other plugins need it, and drop what others built on its tables')
            [CompletionResult]::new('--cascade', '--cascade', [CompletionResultType]::ParameterName, 'Uninstall the plugins that need it, too, and before it')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what there is, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the backups of a shop, and check their digests')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a backup holds')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check every part of a backup, and show what it holds')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a backup of a plugin as it is now')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a backup into one file, to be kept elsewhere')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Bring a backup in from such a file')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove backups: those named, or those that a rule lets go')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;backup;list' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup;show' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup;verify' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup;create' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup;restore' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Check the backup and whether there is room for it, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup;export' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'The file; named like the backup when absent')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'The file; named like the backup when absent')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--encrypt', '--encrypt', [CompletionResultType]::ParameterName, 'Encrypt it with a passphrase, asked for or read from `DAINO_BACKUP_PASSPHRASE`; `age -d` opens it, too')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup;import' {
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup;prune' {
            [CompletionResult]::new('--plugin', '--plugin', [CompletionResultType]::ParameterName, 'Only backups of this plugin')
            [CompletionResult]::new('--keep-last', '--keep-last', [CompletionResultType]::ParameterName, 'Keep so many of the newest of each plugin')
            [CompletionResult]::new('--keep-daily', '--keep-daily', [CompletionResultType]::ParameterName, 'Keep the newest of a day, for so many days')
            [CompletionResult]::new('--keep-weekly', '--keep-weekly', [CompletionResultType]::ParameterName, 'Keep the newest of a week, for so many weeks')
            [CompletionResult]::new('--confirm', '--confirm', [CompletionResultType]::ParameterName, 'Confirm that the last backup of a plugin that is not there any more goes: its name')
            [CompletionResult]::new('--store', '--store', [CompletionResultType]::ParameterName, 'Directory of the shop')
            [CompletionResult]::new('--database-url', '--database-url', [CompletionResultType]::ParameterName, 'Use this PostgreSQL server instead of a private one')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would go, and remove nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;backup;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the backups of a shop, and check their digests')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a backup holds')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check every part of a backup, and show what it holds')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a backup of a plugin as it is now')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a backup into one file, to be kept elsewhere')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Bring a backup in from such a file')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove backups: those named, or those that a rule lets go')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;backup;help;list' {
            break
        }
        'daino-pdk;backup;help;show' {
            break
        }
        'daino-pdk;backup;help;verify' {
            break
        }
        'daino-pdk;backup;help;create' {
            break
        }
        'daino-pdk;backup;help;restore' {
            break
        }
        'daino-pdk;backup;help;export' {
            break
        }
        'daino-pdk;backup;help;import' {
            break
        }
        'daino-pdk;backup;help;prune' {
            break
        }
        'daino-pdk;backup;help;help' {
            break
        }
        'daino-pdk;key' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a signing key. An existing one is never overwritten')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the signing keys of this user')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a key for another machine or tool: PKCS#8 in PEM, encrypted with a passphrase')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a key from a file: a key file, PKCS#8 in PEM, or a line `ed25519-seed:BASE64`')
            [CompletionResult]::new('passphrase', 'passphrase', [CompletionResultType]::ParameterValue, 'Give a key another passphrase. The key itself stays the same')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace a key by a new one, here and for the namespace it signs for')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Let a stolen or lost key sign nothing of a namespace any more. What it signed before stays')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;key;generate' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--no-passphrase', '--no-passphrase', [CompletionResultType]::ParameterName, 'Store the secret without a passphrase, and do not ask for one')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say where the key would be, and make none')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;key;list' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;key;export' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'A new file, readable by you alone. Default: the standard output')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'A new file, readable by you alone. Default: the standard output')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--public', '--public', [CompletionResultType]::ParameterName, 'Only the public key, in base64')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;key;import' {
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name of the key on this machine. Default: `default`')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--no-passphrase', '--no-passphrase', [CompletionResultType]::ParameterName, 'Store the secret without a passphrase, and do not ask for one')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;key;passphrase' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'Take the passphrase away: the file alone is enough to sign from then on')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;key;rotate' {
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace that it signs for')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--no-passphrase', '--no-passphrase', [CompletionResultType]::ParameterName, 'Store the new secret without a passphrase, and do not ask for one')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be replaced, and change nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;key;revoke' {
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'The namespace')
            [CompletionResult]::new('--reason', '--reason', [CompletionResultType]::ParameterName, 'Why, for those who use its releases')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Name of the signing key. Can be given several times, where several keys have to sign')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be changed, and send nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;key;help' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a signing key. An existing one is never overwritten')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the signing keys of this user')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a key for another machine or tool: PKCS#8 in PEM, encrypted with a passphrase')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a key from a file: a key file, PKCS#8 in PEM, or a line `ed25519-seed:BASE64`')
            [CompletionResult]::new('passphrase', 'passphrase', [CompletionResultType]::ParameterValue, 'Give a key another passphrase. The key itself stays the same')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace a key by a new one, here and for the namespace it signs for')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Let a stolen or lost key sign nothing of a namespace any more. What it signed before stays')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;key;help;generate' {
            break
        }
        'daino-pdk;key;help;list' {
            break
        }
        'daino-pdk;key;help;export' {
            break
        }
        'daino-pdk;key;help;import' {
            break
        }
        'daino-pdk;key;help;passphrase' {
            break
        }
        'daino-pdk;key;help;rotate' {
            break
        }
        'daino-pdk;key;help;revoke' {
            break
        }
        'daino-pdk;key;help;help' {
            break
        }
        'daino-pdk;owner' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the keys that sign for a namespace')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Let one more key sign for a namespace')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Let a key sign for a namespace no more. What it signed before stays')
            [CompletionResult]::new('transfer', 'transfer', [CompletionResultType]::ParameterValue, 'Give a namespace to somebody else. You cannot take it back')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;owner;list' {
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;owner;add' {
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'How many keys have to sign the next change of the owner')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Name of the signing key. Can be given several times, where several keys have to sign')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--recovery', '--recovery', [CompletionResultType]::ParameterName, 'Keep it offline for the day when the other keys are lost or stolen: it changes the owner alone, and signs no release')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be changed, and send nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;owner;remove' {
            [CompletionResult]::new('--threshold', '--threshold', [CompletionResultType]::ParameterName, 'How many keys have to sign the next change of the owner')
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Name of the signing key. Can be given several times, where several keys have to sign')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be changed, and send nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;owner;transfer' {
            [CompletionResult]::new('--key', '--key', [CompletionResultType]::ParameterName, 'Name of the signing key. Can be given several times, where several keys have to sign')
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be changed, and send nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;owner;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the keys that sign for a namespace')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Let one more key sign for a namespace')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Let a key sign for a namespace no more. What it signed before stays')
            [CompletionResult]::new('transfer', 'transfer', [CompletionResultType]::ParameterValue, 'Give a namespace to somebody else. You cannot take it back')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;owner;help;list' {
            break
        }
        'daino-pdk;owner;help;add' {
            break
        }
        'daino-pdk;owner;help;remove' {
            break
        }
        'daino-pdk;owner;help;transfer' {
            break
        }
        'daino-pdk;owner;help;help' {
            break
        }
        'daino-pdk;registry' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve a registry until Ctrl-C or SIGTERM')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Make, list and revoke tokens for publishing')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Read a registry''s whole log, and say whether the registry kept its rules')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;registry;serve' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Directory of the registry')
            [CompletionResult]::new('--listen', '--listen', [CompletionResultType]::ParameterName, 'Where to listen; port 0 takes any free one')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'Name that clients show')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--behind-proxy', '--behind-proxy', [CompletionResultType]::ParameterName, 'Take the client''s address from X-Forwarded-For, for limits and the log. Only behind a proxy that sets it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;registry;token' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a token. It is printed once and never kept')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the tokens')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a token, at once')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;registry;token;create' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Directory of the registry')
            [CompletionResult]::new('--namespace', '--namespace', [CompletionResultType]::ParameterName, 'Namespace the token may publish in. Can be given several times')
            [CompletionResult]::new('--expires', '--expires', [CompletionResultType]::ParameterName, 'How long it lasts: such as 12h, 90d, 4w, or never')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What it is for, shown in the list')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Check the flags, and make none')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;registry;token;list' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Directory of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;registry;token;revoke' {
            [CompletionResult]::new('--data', '--data', [CompletionResultType]::ParameterName, 'Directory of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Say what would be revoked, and revoke nothing')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;registry;token;help' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a token. It is printed once and never kept')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the tokens')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a token, at once')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;registry;token;help;create' {
            break
        }
        'daino-pdk;registry;token;help;list' {
            break
        }
        'daino-pdk;registry;token;help;revoke' {
            break
        }
        'daino-pdk;registry;token;help;help' {
            break
        }
        'daino-pdk;registry;audit' {
            [CompletionResult]::new('--registry', '--registry', [CompletionResultType]::ParameterName, 'Name or URL of the registry')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;registry;help' {
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve a registry until Ctrl-C or SIGTERM')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Make, list and revoke tokens for publishing')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Read a registry''s whole log, and say whether the registry kept its rules')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;registry;help;serve' {
            break
        }
        'daino-pdk;registry;help;token' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a token. It is printed once and never kept')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the tokens')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a token, at once')
            break
        }
        'daino-pdk;registry;help;token;create' {
            break
        }
        'daino-pdk;registry;help;token;list' {
            break
        }
        'daino-pdk;registry;help;token;revoke' {
            break
        }
        'daino-pdk;registry;help;audit' {
            break
        }
        'daino-pdk;registry;help;help' {
            break
        }
        'daino-pdk;lsp' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--stdio', '--stdio', [CompletionResultType]::ParameterName, 'Does nothing; some editors pass it')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;schema' {
            [CompletionResult]::new('-o', '-o', [CompletionResultType]::ParameterName, 'Write it to FILE instead of stdout')
            [CompletionResult]::new('--output', '--output', [CompletionResultType]::ParameterName, 'Write it to FILE instead of stdout')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;doctor' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('--licences', '--licences', [CompletionResultType]::ParameterName, 'List every package inside this program with its licence')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;completions' {
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Write the scripts of every shell, and the man pages, below DIR')
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;explain' {
            [CompletionResult]::new('-C', '-C ', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--directory', '--directory', [CompletionResultType]::ParameterName, 'Run as if started in DIR')
            [CompletionResult]::new('--format', '--format', [CompletionResultType]::ParameterName, 'Form of the result on stdout. Some commands know more forms')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--sandbox', '--sandbox', [CompletionResultType]::ParameterName, 'How far plugins must be confined; `reduced` runs them although this system lacks a part of the sandbox. Without MODE: full')
            [CompletionResult]::new('-q', '-q', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('--quiet', '--quiet', [CompletionResultType]::ParameterName, 'Print only results, warnings and errors')
            [CompletionResult]::new('-v', '-v', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--verbose', '--verbose', [CompletionResultType]::ParameterName, 'Print details; twice for more')
            [CompletionResult]::new('--non-interactive', '--non-interactive', [CompletionResultType]::ParameterName, 'Never ask; fail with exit code 3 when input is missing. Implied by `CI` or no terminal')
            [CompletionResult]::new('-y', '-y', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Accept defaults without asking. Never means deleting data')
            [CompletionResult]::new('--offline', '--offline', [CompletionResultType]::ParameterName, 'Use no network')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'daino-pdk;help' {
            [CompletionResult]::new('quickstart', 'quickstart', [CompletionResultType]::ParameterValue, 'Take the tour: a plugin from its first file to a row in a shop''s database')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Create a plugin from a template')
            [CompletionResult]::new('dev', 'dev', [CompletionResultType]::ParameterValue, 'Serve plugins from their folders, reload them when they change, and show what they do')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Run a plugin''s tests in the sandbox')
            [CompletionResult]::new('validate', 'validate', [CompletionResultType]::ParameterValue, 'Check a plugin: security, performance, compatibility, quality, manifest, packaging')
            [CompletionResult]::new('permissions', 'permissions', [CompletionResultType]::ParameterValue, 'Show the permissions of a plugin, or the smallest ones that its code provably needs')
            [CompletionResult]::new('store', 'store', [CompletionResultType]::ParameterValue, 'Make a local shop, and look at it')
            [CompletionResult]::new('pack', 'pack', [CompletionResultType]::ParameterValue, 'Pack a plugin into a reproducible release archive')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Turn a package of a DainoStore host into a plugin''s directory')
            [CompletionResult]::new('deploy', 'deploy', [CompletionResultType]::ParameterValue, 'Put a plugin into a DainoStore host, with every call its import leaves out')
            [CompletionResult]::new('publish', 'publish', [CompletionResultType]::ParameterValue, 'Publish a signed release of a plugin to a registry')
            [CompletionResult]::new('search', 'search', [CompletionResultType]::ParameterValue, 'Search a registry for plugins')
            [CompletionResult]::new('source', 'source', [CompletionResultType]::ParameterValue, 'Keep a list of repositories to find plugins in')
            [CompletionResult]::new('info', 'info', [CompletionResultType]::ParameterValue, 'Show the releases of a plugin in a registry, and who signed them')
            [CompletionResult]::new('yank', 'yank', [CompletionResultType]::ParameterValue, 'Withdraw a release from new installs, or take that back')
            [CompletionResult]::new('advise', 'advise', [CompletionResultType]::ParameterValue, 'Tell shops of a fault in releases of your plugin')
            [CompletionResult]::new('install', 'install', [CompletionResultType]::ParameterValue, 'Install a plugin into a shop and start it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the plugins of a shop, and check their code')
            [CompletionResult]::new('update', 'update', [CompletionResultType]::ParameterValue, 'Update plugins of a shop: compared, backed up, migrated, checked; or nothing happened')
            [CompletionResult]::new('outdated', 'outdated', [CompletionResultType]::ParameterValue, 'Say for which plugins of a shop there is a newer release')
            [CompletionResult]::new('rollback', 'rollback', [CompletionResultType]::ParameterValue, 'Go back to an earlier release of a plugin')
            [CompletionResult]::new('reinstall', 'reinstall', [CompletionResultType]::ParameterValue, 'Install a plugin again from where it came from, with what an uninstallation kept')
            [CompletionResult]::new('enable', 'enable', [CompletionResultType]::ParameterValue, 'Switch a plugin on')
            [CompletionResult]::new('disable', 'disable', [CompletionResultType]::ParameterValue, 'Switch a plugin off; everything it has stays')
            [CompletionResult]::new('pin', 'pin', [CompletionResultType]::ParameterValue, 'Keep a plugin at its version, or in a range')
            [CompletionResult]::new('unpin', 'unpin', [CompletionResultType]::ParameterValue, 'Let a plugin be updated to any version again')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Show what was done to plugins, when and by whom')
            [CompletionResult]::new('invoke', 'invoke', [CompletionResultType]::ParameterValue, 'Call a method, a hook or a route of an installed plugin, in the sandbox')
            [CompletionResult]::new('uninstall', 'uninstall', [CompletionResultType]::ParameterValue, 'Remove a plugin from a shop: disable, verified backup, data, tables, code, record')
            [CompletionResult]::new('backup', 'backup', [CompletionResultType]::ParameterValue, 'Make, list, verify, restore, export, import and remove backups of plugins')
            [CompletionResult]::new('key', 'key', [CompletionResultType]::ParameterValue, 'Make, list, move, rotate and revoke signing keys')
            [CompletionResult]::new('owner', 'owner', [CompletionResultType]::ParameterValue, 'Show and change who owns a namespace')
            [CompletionResult]::new('registry', 'registry', [CompletionResultType]::ParameterValue, 'Run a registry of your own')
            [CompletionResult]::new('lsp', 'lsp', [CompletionResultType]::ParameterValue, 'Serve an editor: findings while you write, quick fixes, and the keys of manifest.json')
            [CompletionResult]::new('schema', 'schema', [CompletionResultType]::ParameterValue, 'Print the JSON Schema of manifest.json')
            [CompletionResult]::new('doctor', 'doctor', [CompletionResultType]::ParameterValue, 'Check this machine: sandbox, database, tools')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script for a shell')
            [CompletionResult]::new('explain', 'explain', [CompletionResultType]::ParameterValue, 'Explain a rule or an error code')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'daino-pdk;help;quickstart' {
            break
        }
        'daino-pdk;help;create' {
            break
        }
        'daino-pdk;help;dev' {
            break
        }
        'daino-pdk;help;test' {
            break
        }
        'daino-pdk;help;validate' {
            break
        }
        'daino-pdk;help;permissions' {
            break
        }
        'daino-pdk;help;store' {
            [CompletionResult]::new('init', 'init', [CompletionResultType]::ParameterValue, 'Make a shop: its database, with sample data, and its folders')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'Show what a shop is and what is in it')
            [CompletionResult]::new('query', 'query', [CompletionResultType]::ParameterValue, 'Read from the shop''s database: one SELECT, which cannot write')
            break
        }
        'daino-pdk;help;store;init' {
            break
        }
        'daino-pdk;help;store;status' {
            break
        }
        'daino-pdk;help;store;query' {
            break
        }
        'daino-pdk;help;pack' {
            break
        }
        'daino-pdk;help;import' {
            break
        }
        'daino-pdk;help;deploy' {
            break
        }
        'daino-pdk;help;publish' {
            break
        }
        'daino-pdk;help;search' {
            break
        }
        'daino-pdk;help;source' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Add a repository, or all repositories of a user or an organisation, and read it')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the sources and the plugins found in them')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Take a source off the list')
            [CompletionResult]::new('sync', 'sync', [CompletionResultType]::ParameterValue, 'Read the sources anew')
            break
        }
        'daino-pdk;help;source;add' {
            break
        }
        'daino-pdk;help;source;list' {
            break
        }
        'daino-pdk;help;source;remove' {
            break
        }
        'daino-pdk;help;source;sync' {
            break
        }
        'daino-pdk;help;info' {
            break
        }
        'daino-pdk;help;yank' {
            break
        }
        'daino-pdk;help;advise' {
            break
        }
        'daino-pdk;help;install' {
            break
        }
        'daino-pdk;help;list' {
            break
        }
        'daino-pdk;help;update' {
            break
        }
        'daino-pdk;help;outdated' {
            break
        }
        'daino-pdk;help;rollback' {
            break
        }
        'daino-pdk;help;reinstall' {
            break
        }
        'daino-pdk;help;enable' {
            break
        }
        'daino-pdk;help;disable' {
            break
        }
        'daino-pdk;help;pin' {
            break
        }
        'daino-pdk;help;unpin' {
            break
        }
        'daino-pdk;help;history' {
            break
        }
        'daino-pdk;help;invoke' {
            break
        }
        'daino-pdk;help;uninstall' {
            break
        }
        'daino-pdk;help;backup' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the backups of a shop, and check their digests')
            [CompletionResult]::new('show', 'show', [CompletionResultType]::ParameterValue, 'Show what a backup holds')
            [CompletionResult]::new('verify', 'verify', [CompletionResultType]::ParameterValue, 'Check every part of a backup, and show what it holds')
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a backup of a plugin as it is now')
            [CompletionResult]::new('restore', 'restore', [CompletionResultType]::ParameterValue, 'Put a plugin back from a backup: code, tables, rows, data, settings. Nothing of it runs')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a backup into one file, to be kept elsewhere')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Bring a backup in from such a file')
            [CompletionResult]::new('prune', 'prune', [CompletionResultType]::ParameterValue, 'Remove backups: those named, or those that a rule lets go')
            break
        }
        'daino-pdk;help;backup;list' {
            break
        }
        'daino-pdk;help;backup;show' {
            break
        }
        'daino-pdk;help;backup;verify' {
            break
        }
        'daino-pdk;help;backup;create' {
            break
        }
        'daino-pdk;help;backup;restore' {
            break
        }
        'daino-pdk;help;backup;export' {
            break
        }
        'daino-pdk;help;backup;import' {
            break
        }
        'daino-pdk;help;backup;prune' {
            break
        }
        'daino-pdk;help;key' {
            [CompletionResult]::new('generate', 'generate', [CompletionResultType]::ParameterValue, 'Make a signing key. An existing one is never overwritten')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the signing keys of this user')
            [CompletionResult]::new('export', 'export', [CompletionResultType]::ParameterValue, 'Write a key for another machine or tool: PKCS#8 in PEM, encrypted with a passphrase')
            [CompletionResult]::new('import', 'import', [CompletionResultType]::ParameterValue, 'Take a key from a file: a key file, PKCS#8 in PEM, or a line `ed25519-seed:BASE64`')
            [CompletionResult]::new('passphrase', 'passphrase', [CompletionResultType]::ParameterValue, 'Give a key another passphrase. The key itself stays the same')
            [CompletionResult]::new('rotate', 'rotate', [CompletionResultType]::ParameterValue, 'Replace a key by a new one, here and for the namespace it signs for')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Let a stolen or lost key sign nothing of a namespace any more. What it signed before stays')
            break
        }
        'daino-pdk;help;key;generate' {
            break
        }
        'daino-pdk;help;key;list' {
            break
        }
        'daino-pdk;help;key;export' {
            break
        }
        'daino-pdk;help;key;import' {
            break
        }
        'daino-pdk;help;key;passphrase' {
            break
        }
        'daino-pdk;help;key;rotate' {
            break
        }
        'daino-pdk;help;key;revoke' {
            break
        }
        'daino-pdk;help;owner' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'Show the keys that sign for a namespace')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Let one more key sign for a namespace')
            [CompletionResult]::new('remove', 'remove', [CompletionResultType]::ParameterValue, 'Let a key sign for a namespace no more. What it signed before stays')
            [CompletionResult]::new('transfer', 'transfer', [CompletionResultType]::ParameterValue, 'Give a namespace to somebody else. You cannot take it back')
            break
        }
        'daino-pdk;help;owner;list' {
            break
        }
        'daino-pdk;help;owner;add' {
            break
        }
        'daino-pdk;help;owner;remove' {
            break
        }
        'daino-pdk;help;owner;transfer' {
            break
        }
        'daino-pdk;help;registry' {
            [CompletionResult]::new('serve', 'serve', [CompletionResultType]::ParameterValue, 'Serve a registry until Ctrl-C or SIGTERM')
            [CompletionResult]::new('token', 'token', [CompletionResultType]::ParameterValue, 'Make, list and revoke tokens for publishing')
            [CompletionResult]::new('audit', 'audit', [CompletionResultType]::ParameterValue, 'Read a registry''s whole log, and say whether the registry kept its rules')
            break
        }
        'daino-pdk;help;registry;serve' {
            break
        }
        'daino-pdk;help;registry;token' {
            [CompletionResult]::new('create', 'create', [CompletionResultType]::ParameterValue, 'Make a token. It is printed once and never kept')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List the tokens')
            [CompletionResult]::new('revoke', 'revoke', [CompletionResultType]::ParameterValue, 'Revoke a token, at once')
            break
        }
        'daino-pdk;help;registry;token;create' {
            break
        }
        'daino-pdk;help;registry;token;list' {
            break
        }
        'daino-pdk;help;registry;token;revoke' {
            break
        }
        'daino-pdk;help;registry;audit' {
            break
        }
        'daino-pdk;help;lsp' {
            break
        }
        'daino-pdk;help;schema' {
            break
        }
        'daino-pdk;help;doctor' {
            break
        }
        'daino-pdk;help;completions' {
            break
        }
        'daino-pdk;help;explain' {
            break
        }
        'daino-pdk;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
