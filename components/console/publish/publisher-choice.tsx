"use client";

import { useState } from "react";
import { Button } from "#components/ui/button.tsx";
import { SelectField } from "#components/ui/field.tsx";
import { PublisherFields } from "#components/console/account/publisher-fields.tsx";

export interface PublisherOption {
  slug: string;
  name: string;
}

interface PublisherChoiceProps {
  publishers: readonly PublisherOption[];
  value: string | null;
  onChange: (slug: string) => void;
  onCreated: (publisher: PublisherOption) => void;
}

/** Under which name to publish; a new one can be made without leaving the page. */
export function PublisherChoice({ publishers, value, onChange, onCreated }: PublisherChoiceProps) {
  const [creating, setCreating] = useState(false);
  if (creating || publishers.length === 0) {
    return (
      <div className="flex flex-col gap-4">
        {publishers.length === 0 ? <p className="text-grey-11">You have no publisher yet. It is the name that will stand behind the listing.</p> : null}
        <PublisherFields
          onCreated={(created) => {
            setCreating(false);
            onCreated(created);
          }}
        />
        {publishers.length === 0 ? null : (
          <div>
            <Button size="sm" variant="ghost" onClick={() => setCreating(false)}>
              Choose an existing publisher
            </Button>
          </div>
        )}
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-end gap-2">
      <div className="min-w-48 flex-1">
        <SelectField label="Publisher" value={value ?? ""} onChange={(event) => onChange(event.target.value)}>
          {publishers.map((publisher) => (
            <option key={publisher.slug} value={publisher.slug}>
              {publisher.name} ({publisher.slug})
            </option>
          ))}
        </SelectField>
      </div>
      <Button variant="ghost" onClick={() => setCreating(true)}>
        New publisher
      </Button>
    </div>
  );
}
