"use client";

import { useState } from "react";
import type { FormEvent } from "react";
import { suggestSlug } from "@kosmarket/kit/suggest-slug";
import { Button } from "#components/ui/button.tsx";
import { TextField } from "#components/ui/field.tsx";
import { InlineText } from "#components/ui/inline-text.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import type { ApiProblem } from "#components/console/api/api-problem.ts";
import { ProblemAlert } from "#components/console/problem-alert.tsx";
import { useAction } from "#components/console/use-action.ts";

export interface CreatedPublisher {
  slug: string;
  name: string;
}

/** Name and slug of a new publisher, created through the API; faults stand under the field they are about. */
export function PublisherFields({ onCreated }: { onCreated: (publisher: CreatedPublisher) => void }) {
  const [name, setName] = useState("");
  const [typedSlug, setTypedSlug] = useState<string | null>(null);
  const slug = typedSlug ?? suggestSlug(name);
  const create = useAction(async () => {
    const created = await callApi<CreatedPublisher>("/api/v1/publishers", { method: "POST", json: { slug, name } });
    onCreated({ slug: created.slug, name: created.name });
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void create.run();
  };
  const nameFault = faultOf(create.problem, "name");
  const slugFault = faultOf(create.problem, "slug");

  return (
    <form onSubmit={submit} className="flex flex-col gap-4">
      <TextField label="Name" name="name" value={name} onChange={(event) => setName(event.target.value)} required maxLength={80} autoComplete="organization" hint="Shown beside every listing, for example “Acme Robotics”." error={nameFault === null ? undefined : <InlineText text={nameFault} />} />
      <TextField label="Slug" name="slug" mono value={slug} onChange={(event) => setTypedSlug(event.target.value)} required maxLength={64} autoComplete="off" autoCapitalize="none" spellCheck={false} hint="Part of addresses and commands. Lower-case letters, digits and hyphens; it cannot be changed later." error={slugFault === null ? undefined : <InlineText text={slugFault} />} />
      {nameFault === null && slugFault === null ? <ProblemAlert problem={create.problem} /> : null}
      <div>
        <Button type="submit" variant="primary" pending={create.busy}>
          Create publisher
        </Button>
      </div>
    </form>
  );
}

function faultOf(problem: ApiProblem | null, field: "name" | "slug"): string | null {
  const fault = problem?.answer.errors.find((candidate) => candidate.pointer === `/${field}` || candidate.pointer === field);
  if (fault) return fault.suggestion === null ? fault.detail : `${fault.detail} ${fault.suggestion}`;
  // A slug that is taken is refused as a conflict, without a list of faults.
  return field === "slug" && problem?.answer.status === 409 ? problem.answer.detail : null;
}
