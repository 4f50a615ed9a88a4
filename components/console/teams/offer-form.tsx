"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { callApi } from "#components/console/api/call-api.ts";
import { ActionForm } from "#components/console/action-form.tsx";
import { useAction } from "#components/console/use-action.ts";
import { SelectField, TextareaField, TextField } from "#components/ui/field.tsx";

/** Offers one of the publisher's listings to another publisher. */
export function OfferForm({ listings }: { listings: readonly { id: string; name: string }[] }) {
  const router = useRouter();
  const [listing, setListing] = useState(listings[0]?.id ?? "");
  const [to, setTo] = useState("");
  const [reason, setReason] = useState("");
  const offer = useAction(async () => {
    await callApi(`/api/v1/listings/${listing}/transfers`, { method: "POST", json: { to, reason } });
    setTo("");
    setReason("");
    router.refresh();
  });
  return (
    <ActionForm action={offer} verb="Offer listing">
      <SelectField label="Listing" value={listing} onChange={(event) => setListing(event.target.value)}>
        {listings.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name} ({one.id})
          </option>
        ))}
      </SelectField>
      <TextField label="To the publisher" mono value={to} onChange={(event) => setTo(event.target.value)} required maxLength={64} autoComplete="off" placeholder="harbour-office" hint="Its owners get a mail and have 14 days." />
      <TextareaField label="Reason" rows={2} value={reason} onChange={(event) => setReason(event.target.value)} required maxLength={1000} />
    </ActionForm>
  );
}
