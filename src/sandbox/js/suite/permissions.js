// Tries everything that the manifest does not grant, by the ways a plugin has. Each try must be
// refused, and refused by a rule: a try that fails for another reason proves nothing.

import { describe } from 'daino:internal/test/globals';
import { plainError } from 'daino:internal/test/failure';
import { Request, overBroker } from 'daino:internal/fetch';
import { rule } from 'daino:internal/suite/claims';
import { setUp } from 'daino:internal/suite/handlers';
import { plan } from 'daino:internal/suite/plan';

const { tables, withheld, never, hosts, folders } = plan().probes;
// Of the gate (which refuses what it cannot read), of the database's own rights, of the guard of the
// network, of the files.
const REFUSALS = /^(DAINO_DENIED|DAINO_TYPE|42501|42601|42P01|fetch\.(denied|url|address))$/;

// Everything that is tried, then what was not refused.
async function tryAll(tries) {
  const wrong = [];
  for (const [what, work] of tries) {
    try {
      await work();
      wrong.push(`${what} works`);
    } catch (error) {
      if (!REFUSALS.test(`${error?.code ?? ''}`)) wrong.push(`${what} is not refused by a rule, it failed otherwise: ${error?.code ?? error?.name} ${`${error?.message}`.slice(0, 200)}`);
    }
  }
  if (wrong.length > 0) throw plainError(`the manifest does not grant it, and yet: ${wrong.slice(0, 10).join('; ')}${wrong.length > 10 ? `; ${wrong.length - 10} more` : ''}`, 'SecurityError');
}

const RIGHTS = [
  'SET ROLE daino_owner', 'RESET ROLE', 'SET SESSION AUTHORIZATION daino', "SELECT set_config('role', 'daino_owner', false)", 'GRANT daino_owner TO CURRENT_USER',
  'CREATE TABLE daino_probe (a int)', 'CREATE ROLE daino_probe', 'ALTER TABLE stores ADD COLUMN daino_probe int', 'DROP TABLE stores', 'TRUNCATE stores', 'LISTEN daino_probe', 'VACUUM', 'BEGIN',
  'SELECT 1; SELECT 2', "COPY stores TO PROGRAM 'true'", "DO $$ BEGIN END $$", "SELECT pg_read_file('/etc/passwd')", "SELECT pg_ls_dir('/')", 'SELECT pg_sleep(0.01)', "SELECT lo_import('/etc/passwd')",
  "SELECT pg_terminate_backend(0)", "SELECT current_setting('data_directory')", 'SELECT rolpassword FROM pg_authid', 'SELECT * FROM pg_shadow', 'SELECT * FROM daino.shop', 'SELECT * FROM plugin_data',
];

describe('permissions', () => {
  const query = async (statements) => {
    const { ctx } = await setUp();
    await tryAll(statements.map((sql) => [`\`${sql}\``, () => ctx.db.query(sql)]));
  };
  rule('probe-tables', 'no table but those that are granted, and no further than granted', async () => {
    const statements = [];
    for (const { table, select, insert, update, remove } of tables) {
      if (!select) statements.push(`SELECT count(*) FROM ${table}`);
      if (!insert) statements.push(`INSERT INTO ${table} DEFAULT VALUES`);
      if (!update) statements.push(`UPDATE ${table} SET id = id WHERE false`);
      if (!remove) statements.push(`DELETE FROM ${table} WHERE false`);
    }
    await query(statements);
  });
  rule('probe-columns', 'no secret column, whatever is granted', async () => {
    await query(withheld.flatMap(([table, column]) => [`SELECT ${column} FROM ${table} LIMIT 1`, `UPDATE ${table} SET ${column} = NULL WHERE false`, `SELECT 1 FROM ${table} WHERE ${column} IS NOT NULL`]));
  });
  rule('probe-never', 'no table that is never granted', async () => { await query(never.map((table) => `SELECT * FROM ${table}`)); });
  rule('probe-rights', 'no other role, no other rights, no server files', async () => { await query(RIGHTS); });
  rule('probe-network', 'no host but those that are granted, no other port, no address inside', async () => {
    const addresses = [
      'https://not-granted.example/', 'https://127.0.0.1/', 'https://[::1]/', 'https://10.0.0.1/', 'https://169.254.169.254/latest/meta-data/', 'https://localhost/', 'https://2130706433/',
      ...hosts.flatMap((host) => {
        const name = host.replace('*.', 'probe.').replace(/:\d+$/, '');
        return [`http://${name}/`, `https://${name}:8443/`, `https://${name}.attacker.example/`, `https://attacker-${name}/`];
      }),
    ];
    await tryAll(addresses.map((address) => [address, () => overBroker(new Request(address, { method: 'POST', body: 'probe' }))]));
  });
  rule('probe-files', 'no file but those below the granted folders', async () => {
    const { ctx } = await setUp();
    const paths = ['secret.txt', 'other/secret.txt', '../secret.txt', '/etc/passwd', 'other/../../secret.txt', '.', ...folders.flatMap((folder) => [`${folder}/../secret.txt`, `${folder}x/secret.txt`, `${folder}/../../etc/passwd`])];
    await tryAll(paths.flatMap((path) => [
      [`reading the file \`${path}\``, () => ctx.files.read(path)], [`writing the file \`${path}\``, () => ctx.files.write(path, 'probe')],
      [`listing \`${path}\``, () => ctx.files.list(path)], [`removing \`${path}\``, () => ctx.files.remove(path)],
    ]));
  });
});
