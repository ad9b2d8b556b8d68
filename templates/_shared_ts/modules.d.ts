// The built-in modules a plugin and its tests may import.

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

declare module 'daino:test' {
  type Body = () => unknown;
  export function describe(name: string, body: Body): void;
  export function it(name: string, body: Body, millis?: number): void;
  export function beforeEach(body: Body): void;
  export function expect(value: unknown): any;
  export function createContext(options?: {
    config?: Record<string, unknown>;
    secrets?: Record<string, string>;
    store?: Record<string, unknown>;
  }): any;
  export function loadPlugin(options?: { config?: Record<string, unknown> }): Promise<any>;
  export const mockFetch: {
    (pattern: string | RegExp, answer: unknown): void;
    calls: { method: string; url: string; headers: Record<string, string>; body: string; json: any }[];
  };
}
