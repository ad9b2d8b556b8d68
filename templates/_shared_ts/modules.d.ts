// The built-in modules a plugin and its tests may import. Types only.

declare module 'node:crypto' {
  export function createHmac(
    algorithm: string,
    key: string,
  ): { update(data: string): { digest(encoding: 'hex'): string } };
  export function timingSafeEqual(a: Uint8Array, b: Uint8Array): boolean;
}

declare module 'node:buffer' {
  export const Buffer: { from(text: string, encoding?: string): Uint8Array };
}

declare module 'node:assert' {
  type Expectation = RegExp | Function | object | Error;
  interface Assert {
    (value: unknown, message?: string | Error): asserts value;
    ok(value: unknown, message?: string | Error): asserts value;
    equal(actual: unknown, expected: unknown, message?: string | Error): void;
    notEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    strictEqual<T>(actual: unknown, expected: T, message?: string | Error): asserts actual is T;
    notStrictEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    deepEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    notDeepEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    deepStrictEqual<T>(actual: unknown, expected: T, message?: string | Error): asserts actual is T;
    notDeepStrictEqual(actual: unknown, expected: unknown, message?: string | Error): void;
    throws(call: () => unknown, expected?: Expectation | string, message?: string | Error): void;
    doesNotThrow(call: () => unknown, expected?: Expectation | string, message?: string | Error): void;
    rejects(
      work: Promise<unknown> | (() => Promise<unknown>),
      expected?: Expectation | string,
      message?: string | Error,
    ): Promise<void>;
    doesNotReject(
      work: Promise<unknown> | (() => Promise<unknown>),
      expected?: Expectation | string,
      message?: string | Error,
    ): Promise<void>;
    match(text: string, pattern: RegExp, message?: string | Error): void;
    doesNotMatch(text: string, pattern: RegExp, message?: string | Error): void;
    ifError(value: unknown): void;
    fail(message?: string | Error): never;
    strict: Assert;
    AssertionError: new (options: {
      message?: string;
      actual?: unknown;
      expected?: unknown;
      operator?: string;
    }) => Error & { code: 'ERR_ASSERTION'; actual: unknown; expected: unknown; operator: string };
  }
  const assert: Assert;
  export default assert;
}

declare module 'node:assert/strict' {
  import assert from 'node:assert';
  export default assert;
}

declare module 'node:test' {
  interface MockFunction {
    (...args: any[]): any;
    mock: {
      calls: { arguments: any[]; result: any; error: any; this: any; target: any }[];
      callCount(): number;
      resetCalls(): void;
      restore(): void;
      mockImplementation(call: (...args: any[]) => any): void;
      mockImplementationOnce(call: (...args: any[]) => any, at?: number): void;
    };
  }
  interface Mock {
    fn(original?: (...args: any[]) => any, implementation?: (...args: any[]) => any): MockFunction;
    method(object: object, name: string | symbol, implementation?: (...args: any[]) => any): MockFunction;
    getter(object: object, name: string | symbol, implementation?: () => any): MockFunction;
    setter(object: object, name: string | symbol, implementation?: (value: any) => void): MockFunction;
    module(
      specifier: string,
      options?: { cache?: boolean; defaultExport?: unknown; namedExports?: Record<string, unknown> },
    ): { restore(): void };
    property<T extends object>(object: T, name: keyof T, value?: unknown): T & {
      mock: { accesses: { type: 'get' | 'set'; value: any }[]; accessCount(): number; resetAccesses(): void; restore(): void };
    };
    restoreAll(): void;
    reset(): void;
    timers: {
      enable(options?: { apis?: string[]; now?: number | Date }): void;
      tick(millis?: number): void;
      runAll(): void;
      setTime(millis: number): void;
      reset(): void;
    };
  }
  interface TestContext {
    readonly name: string;
    readonly signal: { readonly aborted: boolean };
    readonly mock: Mock;
    test(name: string, body: (t: TestContext) => unknown): Promise<void>;
    skip(reason?: string): void;
    todo(reason?: string): void;
    diagnostic(text: string): void;
    plan(count: number): void;
    readonly assert: typeof import('node:assert').default & {
      snapshot(value: unknown, options?: { serializers?: ((value: any) => any)[] }): void;
    };
    before(call: () => unknown): void;
    after(call: () => unknown): void;
    beforeEach(call: () => unknown): void;
    afterEach(call: () => unknown): void;
  }
  interface Options {
    skip?: boolean | string;
    todo?: boolean | string;
    only?: boolean;
    timeout?: number;
    concurrency?: number | boolean;
  }
  interface Word {
    (name: string, body?: (t: TestContext) => unknown): Promise<void>;
    (name: string, options: Options, body?: (t: TestContext) => unknown): Promise<void>;
    skip: Word;
    todo: Word;
    only: Word;
  }
  export const test: Word;
  export const it: Word;
  export const describe: Word;
  export const suite: Word;
  export const mock: Mock;
  export function before(call: () => unknown): void;
  export function after(call: () => unknown): void;
  export function beforeEach(call: () => unknown): void;
  export function afterEach(call: () => unknown): void;
  export default test;
}

declare module 'daino:test' {
  type Call = (...args: any[]) => any;
  interface Context {
    readonly name: string;
    readonly task: { readonly name: string };
    skip(reason?: string): void;
  }
  type Body = (context: Context, done: (error?: unknown) => void) => unknown;
  interface Options {
    timeout?: number;
    retry?: number;
    repeats?: number;
    skip?: boolean;
    only?: boolean;
    todo?: boolean;
    fails?: boolean;
  }
  interface Word<Run> {
    (name: string, body?: Run, options?: number | Options): void;
    (name: string, options: Options, body?: Run): void;
    skip: Word<Run>;
    only: Word<Run>;
    todo: Word<Run>;
    fails: Word<Run>;
    concurrent: Word<Run>;
    sequential: Word<Run>;
    skipIf(condition: unknown): Word<Run>;
    runIf(condition: unknown): Word<Run>;
    each<Row extends unknown[] | [unknown]>(table: readonly Row[]): (name: string, body: (...row: Row) => unknown, millis?: number) => void;
    each<Row>(table: readonly Row[]): (name: string, body: (row: Row) => unknown, millis?: number) => void;
    each(head: TemplateStringsArray, ...values: unknown[]): (name: string, body: (row: any) => unknown, millis?: number) => void;
    for<Row>(table: readonly Row[]): (name: string, body: (row: Row, context: Context) => unknown, millis?: number) => void;
    extend(fixtures: Record<string, unknown>): (name: string, body: (fixtures: any) => unknown) => void;
  }
  interface PropertyOptions {
    /** How many inputs are tried; 100. */
    runs?: number;
    /** Repeats the inputs of a run: the number a failure names. */
    seed?: number;
  }
  type InputOf<Gens> = { [Key in keyof Gens]: Gens[Key] extends Gen<infer Value> ? Value : never };
  interface Property {
    <Gens extends readonly Gen<any>[]>(
      gens: readonly [...Gens],
      options?: PropertyOptions,
    ): (name: string, holds: (...input: InputOf<Gens>) => unknown, millis?: number) => void;
    <Gens extends Record<string, Gen<any>>>(
      gens: Gens,
      options?: PropertyOptions,
    ): (name: string, holds: (input: InputOf<Gens>) => unknown, millis?: number) => void;
  }
  interface TestWord extends Word<Body> {
    prop: Property;
    skip: Word<Body> & { prop: Property };
    only: Word<Body> & { prop: Property };
    fails: Word<Body> & { prop: Property };
  }
  export const describe: Word<() => unknown>;
  export const suite: Word<() => unknown>;
  export const it: TestWord;
  export const test: TestWord;

  /** Makes inputs for `it.prop`; what fails is made as small as it can be. */
  interface Gen<Value> {
    map<Other>(change: (value: Value) => Other): Gen<Other>;
    chain<Other>(next: (value: Value) => Gen<Other>): Gen<Other>;
    filter(holds: (value: Value) => boolean): Gen<Value>;
  }
  interface Lengths {
    minLength?: number;
    maxLength?: number;
  }
  export const gen: {
    integer(bounds?: { min?: number; max?: number }): Gen<number>;
    nat(max?: number | { max: number }): Gen<number>;
    number(bounds?: { min?: number; max?: number }): Gen<number>;
    boolean(): Gen<boolean>;
    string(lengths?: Lengths): Gen<string>;
    constant<Value>(value: Value): Gen<Value>;
    constantFrom<Value>(...values: Value[]): Gen<Value>;
    oneOf<Value>(...gens: Gen<Value>[]): Gen<Value>;
    array<Value>(gen: Gen<Value>, lengths?: Lengths): Gen<Value[]>;
    tuple<Gens extends readonly Gen<any>[]>(...gens: Gens): Gen<InputOf<Gens>>;
    record<Gens extends Record<string, Gen<any>>>(gens: Gens): Gen<InputOf<Gens>>;
    option<Value, Nil = null>(gen: Gen<Value>, options?: { nil?: Nil }): Gen<Value | Nil>;
    dictionary<Value>(key: Gen<string>, value: Gen<Value>, lengths?: Lengths): Gen<Record<string, Value>>;
    date(bounds?: { min?: Date; max?: Date }): Gen<Date>;
    bigInt(bounds?: { min?: bigint; max?: bigint }): Gen<bigint>;
    json(depth?: number): Gen<unknown>;
  };
  export function beforeAll(body: () => unknown, millis?: number): void;
  export function afterAll(body: () => unknown, millis?: number): void;
  export function beforeEach(body: (context: Context) => unknown, millis?: number): void;
  export function afterEach(body: (context: Context) => unknown, millis?: number): void;
  export function onTestFinished(body: () => unknown): void;
  export function onTestFailed(body: () => unknown): void;

  interface Matchers<Result> {
    not: Matchers<Result>;
    toBe(expected: unknown): Result;
    toEqual(expected: unknown): Result;
    toStrictEqual(expected: unknown): Result;
    toMatchObject(expected: unknown): Result;
    toContain(item: unknown): Result;
    toContainEqual(item: unknown): Result;
    toHaveLength(length: number): Result;
    toHaveProperty(path: string | (string | number)[], value?: unknown): Result;
    toMatch(pattern: string | RegExp): Result;
    toThrow(expected?: unknown): Result;
    toThrowError(expected?: unknown): Result;
    toBeNull(): Result;
    toBeUndefined(): Result;
    toBeDefined(): Result;
    toBeNullable(): Result;
    toBeTruthy(): Result;
    toBeFalsy(): Result;
    toBeNaN(): Result;
    toBeGreaterThan(other: number | bigint): Result;
    toBeGreaterThanOrEqual(other: number | bigint): Result;
    toBeLessThan(other: number | bigint): Result;
    toBeLessThanOrEqual(other: number | bigint): Result;
    toBeCloseTo(other: number, digits?: number): Result;
    toBeInstanceOf(kind: Function): Result;
    toBeTypeOf(kind: string): Result;
    toBeOneOf(list: Iterable<unknown>): Result;
    toSatisfy(holds: (value: any) => unknown): Result;
    toHaveBeenCalled(): Result;
    toHaveBeenCalledTimes(times: number): Result;
    toHaveBeenCalledOnce(): Result;
    toHaveBeenCalledWith(...args: unknown[]): Result;
    toHaveBeenCalledExactlyOnceWith(...args: unknown[]): Result;
    toHaveBeenLastCalledWith(...args: unknown[]): Result;
    toHaveBeenNthCalledWith(n: number, ...args: unknown[]): Result;
    toHaveBeenCalledBefore(other: Mock): Result;
    toHaveBeenCalledAfter(other: Mock): Result;
    toHaveReturned(): Result;
    toHaveReturnedTimes(times: number): Result;
    toHaveReturnedWith(value: unknown): Result;
    toHaveLastReturnedWith(value: unknown): Result;
    toHaveNthReturnedWith(n: number, value: unknown): Result;
    toHaveResolved(): Result;
    toHaveResolvedTimes(times: number): Result;
    toHaveResolvedWith(value: unknown): Result;
    toMatchSnapshot(propertiesOrHint?: object | string, hint?: string): Result;
    toMatchInlineSnapshot(propertiesOrText?: object | string, text?: string): Result;
    toThrowErrorMatchingSnapshot(hint?: string): Result;
    toThrowErrorMatchingInlineSnapshot(text?: string): Result;
  }
  interface Assertion extends Matchers<void> {
    resolves: Matchers<Promise<void>>;
    rejects: Matchers<Promise<void>>;
  }
  interface Asymmetric {
    objectContaining(wanted: object): any;
    arrayContaining(wanted: unknown[]): any;
    arrayOf(wanted: unknown): any;
    stringContaining(wanted: string): any;
    stringMatching(wanted: string | RegExp): any;
    closeTo(wanted: number, digits?: number): any;
  }
  interface Expect extends Asymmetric {
    (value: unknown, note?: string): Assertion;
    not: Asymmetric;
    any(kind: Function): any;
    anything(): any;
    like(wanted: unknown): any;
    soft(value: unknown, note?: string): Assertion;
    poll(call: () => unknown, options?: { timeout?: number; interval?: number }): Matchers<Promise<void>>;
    assertions(count: number): void;
    hasAssertions(): void;
    fail(message?: string): never;
    unreachable(message?: string): never;
    extend(matchers: Record<string, (this: any, received: any, ...args: any[]) => any>): void;
    addSnapshotSerializer(serializer: { test(value: any): boolean; [key: string]: any }): void;
    getState(): { currentTestName: string; assertionCalls: number };
  }
  export const expect: Expect;

  interface Mock {
    (...args: any[]): any;
    new (...args: any[]): any;
    mock: {
      calls: any[][];
      lastCall: any[] | undefined;
      results: { type: 'return' | 'throw' | 'incomplete'; value: any }[];
      settledResults: { type: 'fulfilled' | 'rejected' | 'incomplete'; value: any }[];
      instances: any[];
      contexts: any[];
      invocationCallOrder: number[];
    };
    mockImplementation(call: Call): Mock;
    mockImplementationOnce(call: Call): Mock;
    mockReturnValue(value: unknown): Mock;
    mockReturnValueOnce(value: unknown): Mock;
    mockResolvedValue(value: unknown): Mock;
    mockResolvedValueOnce(value: unknown): Mock;
    mockRejectedValue(error: unknown): Mock;
    mockRejectedValueOnce(error: unknown): Mock;
    mockThrow(error: unknown): Mock;
    mockThrowOnce(error: unknown): Mock;
    mockReturnThis(): Mock;
    mockName(name: string): Mock;
    getMockName(): string;
    getMockImplementation(): Call | undefined;
    mockClear(): Mock;
    mockReset(): Mock;
    mockRestore(): Mock;
    withImplementation(call: Call, during: () => Promise<unknown>): Promise<Mock>;
    withImplementation(call: Call, during: () => unknown): Mock;
  }
  interface FakeTimers {
    now?: number | Date;
    toFake?: ('setTimeout' | 'clearTimeout' | 'setInterval' | 'clearInterval' | 'setImmediate' | 'clearImmediate' | 'Date' | 'performance' | 'queueMicrotask')[];
    toNotFake?: string[];
    doNotFake?: string[];
    /** The fake clock goes on with the real one. */
    shouldAdvanceTime?: boolean;
    advanceTimeDelta?: number;
    advanceTimers?: boolean | number;
    loopLimit?: number;
    timerLimit?: number;
  }
  type Factory = (importOriginal: <Module = any>() => Promise<Module>) => unknown;
  interface Vi {
    /** Puts another module in place of one, before all imports of the file. */
    mock(path: string | Promise<unknown>, factory?: Factory | { spy?: boolean }, options?: { virtual?: boolean }): Vi;
    /** The same, for what is imported later. */
    doMock(path: string | Promise<unknown>, factory?: Factory | { spy?: boolean }, options?: { virtual?: boolean }): Vi;
    unmock(path: string): Vi;
    doUnmock(path: string): Vi;
    importActual<Module = any>(path: string): Promise<Module>;
    importMock<Module = any>(path: string): Promise<Module>;
    resetModules(): Vi;
    dynamicImportSettled(): Promise<void>;
    mockObject<T>(value: T, options?: { spy?: boolean }): T;
    stubEnv(name: string, value: string | undefined): Vi;
    unstubAllEnvs(): Vi;
    fn(original?: Call): Mock;
    spyOn(object: object, name: string | symbol, access?: 'get' | 'set'): Mock;
    isMockFunction(value: unknown): boolean;
    mocked<T>(value: T): T & Mock;
    hoisted<T>(call: () => T): T;
    stubGlobal(name: string, value: unknown): Vi;
    unstubAllGlobals(): Vi;
    replaceProperty(object: object, name: string, value: unknown): { replaceValue(value: unknown): unknown; restore(): void };
    clearAllMocks(): Vi;
    resetAllMocks(): Vi;
    restoreAllMocks(): Vi;
    useFakeTimers(options?: FakeTimers): Vi;
    useRealTimers(): Vi;
    isFakeTimers(): boolean;
    setSystemTime(date?: number | string | Date): Vi;
    getMockedSystemTime(): Date | null;
    getRealSystemTime(): number;
    getTimerCount(): number;
    clearAllTimers(): Vi;
    advanceTimersByTime(millis: number): Vi;
    advanceTimersByTimeAsync(millis: number): Promise<void>;
    advanceTimersToNextTimer(times?: number): Vi;
    advanceTimersToNextTimerAsync(times?: number): Promise<void>;
    advanceTimersToNextFrame(frames?: number): Vi;
    runAllTicks(): Vi;
    runAllTimers(): Vi;
    runAllTimersAsync(): Promise<void>;
    runOnlyPendingTimers(): Vi;
    runOnlyPendingTimersAsync(): Promise<void>;
    waitFor<T>(call: () => T, options?: number | { timeout?: number; interval?: number }): Promise<Awaited<T>>;
    waitUntil<T>(call: () => T, options?: number | { timeout?: number; interval?: number }): Promise<Awaited<T>>;
    setConfig(options: { testTimeout?: number; retry?: number }): Vi;
    resetConfig(): Vi;
    setTimeout(millis: number): Vi;
  }
  export const vi: Vi;
  export const vitest: Vi;
  export const jest: Vi & {
    now(): number;
    retryTimes(times: number): Vi;
    getSeed(): number;
    dontMock(path: string): Vi;
    setMock(path: string, module: unknown): Vi;
    requireActual<Module = any>(path: string): Module;
    requireMock<Module = any>(path: string): Module;
    createMockFromModule<Module = any>(path: string): Module;
    isolateModules(call: () => void): Vi;
    isolateModulesAsync(call: () => Promise<void>): Promise<void>;
    unstable_mockModule(path: string, factory: Factory): Vi;
  };

  export function createContext(options?: {
    config?: Record<string, unknown>;
    secrets?: Record<string, string>;
    store?: Record<string, unknown>;
  }): any;
  export function loadPlugin(options?: { config?: Record<string, unknown>; ctx?: unknown }): Promise<any>;
  interface MockedCall {
    method: string;
    url: string;
    headers: Record<string, string>;
    body: string;
    json: any;
  }
  export const mockFetch: {
    (pattern: string | RegExp, answer?: unknown | ((call: MockedCall) => unknown)): { readonly times: number };
    readonly calls: MockedCall[];
    /** Forgets all mocks and calls. */
    reset(): void;
    /** Forgets the calls. */
    forget(): void;
  };
}

declare module 'vitest' {
  export * from 'daino:test';
}

declare module '@jest/globals' {
  export * from 'daino:test';
}
