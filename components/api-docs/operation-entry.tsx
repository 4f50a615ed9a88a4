import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import type { ApiOperation } from "#components/api-docs/api-document.ts";
import { curlExample } from "#components/api-docs/curl-example.ts";
import { Shape } from "#components/api-docs/shape.tsx";
import { parameterPieces, shapePieces } from "#components/api-docs/shape-pieces.ts";
import { Badge } from "#components/ui/badge.tsx";
import { CodeBlock } from "#components/ui/code-block.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import type { Tone } from "#components/ui/tone.ts";

const METHOD_TONES = { get: "neutral", post: "blue", delete: "red" } as Record<string, Tone>;

interface OperationEntryProps {
  server: string;
  path: string;
  method: string;
  operation: ApiOperation;
}

/** One method of one path: a line that opens to its parameters, bodies and a command. */
export function OperationEntry({ server, path, method, operation }: OperationEntryProps) {
  const curl = curlExample(server, path, method, operation);
  return (
    <details className="group/operation border-t">
      <summary className="flex min-h-9 items-center gap-2 px-3 py-1.5 hover:bg-grey-2">
        <ChevronRight aria-hidden className="size-4 shrink-0 text-grey-10 transition-transform group-open/operation:rotate-90" />
        <Badge mono tone={METHOD_TONES[method] ?? "neutral"} className="w-16 shrink-0 justify-center">
          {method.toUpperCase()}
        </Badge>
        <span className="min-w-0 text-14">{operation.summary}</span>
        {operation.security === undefined ? null : <span className="ml-auto shrink-0 text-13 text-grey-11">signed in</span>}
      </summary>
      <div id={operation.operationId} className="flex scroll-mt-24 flex-col gap-3 rounded-b-md border-t bg-grey-1 px-3 py-3 sm:pl-9">
        <p className="text-13 text-grey-11">
          <InlineText text={operation.description} />
        </p>
        {operation.parameters.length === 0 ? null : (
          <Part title="Parameters">
            <Shape pieces={parameterPieces(operation.parameters)} label={`parameters of ${operation.summary}`} />
          </Part>
        )}
        {Object.entries(operation.requestBody?.content ?? {}).map(([type, { schema }]) => (
          <Part key={type} title="Body" type={type}>
            <Shape pieces={shapePieces(schema)} label={`body of ${operation.summary}`} />
          </Part>
        ))}
        {Object.entries(operation.responses).map(([status, response]) => (
          <Answer key={status} status={status} response={response} summary={operation.summary} />
        ))}
        {curl === null ? null : <CodeBlock code={curl} label={`curl command for ${operation.summary}`} />}
      </div>
    </details>
  );
}

/** The failures are the same everywhere, so that one link stands for them. */
function Answer({ status, response, summary }: { status: string; response: ApiOperation["responses"][string]; summary: string }) {
  const [type, content] = Object.entries(response.content ?? {})[0] ?? [];
  if (status === "default") {
    return (
      <p className="text-13 text-grey-11">
        Failures are <code>{type}</code>: a <a href="#shape-ProblemDocument" className="link">ProblemDocument</a> with one of the <a href="/docs/errors" className="link">error codes</a>.
      </p>
    );
  }
  return (
    <Part title={`Answer ${status}`} type={type}>
      {content === undefined ? <p className="text-13 text-grey-11">No body: the address stands in the <code>location</code> header.</p> : <Shape pieces={shapePieces(content.schema)} label={`answer of ${summary}`} />}
    </Part>
  );
}

function Part({ title, type, children }: { title: string; type?: string | undefined; children: ReactNode }) {
  return (
    <details open className="group/part min-w-0">
      <summary className="flex items-center gap-1.5 text-13 font-medium">
        <ChevronRight aria-hidden className="size-3.5 shrink-0 text-grey-10 transition-transform group-open/part:rotate-90" />
        {title}
        {type === undefined ? null : <code className="font-normal text-grey-11">{type}</code>}
      </summary>
      <div className="pt-1 pl-5">{children}</div>
    </details>
  );
}
