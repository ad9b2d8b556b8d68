// Types of what a plugin is given. Types only: nothing here exists at run time.

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export interface Rows<Row> {
  rows: Row[];
  rowCount: number;
}

/** The plugin's own tables, and what `permissions.database` grants. Values go in as `$1`, never as text. */
export interface Database {
  query<Row = Record<string, unknown>>(sql: string, parameters?: unknown[]): Promise<Rows<Row>>;
}

/** The plugin's own key/value store. */
export interface Storage {
  get<T = Json>(key: string): Promise<T | null | undefined>;
  set(key: string, value: unknown): Promise<void>;
  remove(key: string): Promise<boolean>;
  keys(prefix?: string): Promise<string[]>;
}

export interface Log {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface FetchResponse {
  ok: boolean;
  status: number;
  headers: { get(name: string): string | null };
  json(): Promise<unknown>;
  text(): Promise<string>;
}

export interface FetchOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What every method and hook gets as its last argument. */
export interface Context {
  db: Database;
  storage: Storage;
  fetch(url: string, options?: FetchOptions): Promise<FetchResponse>;
  secrets: Record<string, string | undefined>;
  config: Record<string, unknown>;
  store: { id?: string; name?: string; currency?: string; timezone?: string };
  log: Log;
}
