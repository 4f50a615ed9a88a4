export type OutgoingCode =
  | "outgoing-url-refused"
  | "outgoing-port-refused"
  | "outgoing-address-refused"
  | "outgoing-name-unresolved"
  | "outgoing-connect-failed"
  | "outgoing-certificate-refused"
  | "outgoing-redirect-refused"
  | "outgoing-answer-refused"
  | "outgoing-too-large"
  | "outgoing-timeout"
  | "outgoing-aborted"
  | "outgoing-busy";

/** Why a request to the outside was not made, or not answered. The text names the host, never a path or a query: those may be secret. */
export class OutgoingError extends Error {
  readonly code: OutgoingCode;

  constructor(code: OutgoingCode, detail: string, cause?: unknown) {
    super(detail, cause === undefined ? {} : { cause });
    this.name = "OutgoingError";
    this.code = code;
  }
}
