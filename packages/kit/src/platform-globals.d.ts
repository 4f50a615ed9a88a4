/**
 * The few globals that Node, browsers, Deno and workers all provide. Declared
 * here because this package is compiled without Node's and the DOM's types, so
 * that nothing else of either platform can slip in.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(input?: Uint8Array): string;
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}

declare class URL {
  constructor(url: string, base?: string);
  readonly protocol: string;
  readonly username: string;
  readonly password: string;
  readonly hostname: string;
  readonly searchParams: Iterable<[string, string]>;
}

declare interface VerifyingKey {
  readonly type: string;
}

declare const crypto: {
  readonly subtle: {
    digest(algorithm: string, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
    importKey(format: "raw", key: Uint8Array<ArrayBuffer>, algorithm: string | { readonly name: string; readonly namedCurve: string }, extractable: boolean, usages: "verify"[]): Promise<VerifyingKey>;
    verify(algorithm: string | { readonly name: string; readonly hash: string }, key: VerifyingKey, signature: Uint8Array<ArrayBuffer>, data: Uint8Array<ArrayBuffer>): Promise<boolean>;
  };
};

declare function atob(base64: string): string;
declare function btoa(binary: string): string;
