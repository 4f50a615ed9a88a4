"use client";

import { useState } from "react";
import { TextField } from "#components/ui/field.tsx";
import { callApi } from "#components/console/api/call-api.ts";
import { DialogForm } from "#components/console/dialog-form.tsx";

const CONSEQUENCE = "This cannot be undone. Signing in again with the same address makes a new account, without your roles and publishers.";

/** Deletes the account, after its address was typed. */
export function DeleteAccount({ email }: { email: string }) {
  const [typed, setTyped] = useState("");
  const remove = async () => {
    await callApi("/api/v1/account/delete", { method: "POST", json: { email: typed } });
    // Whole pages from here on: nothing that this one knew may stay.
    window.location.assign("/sign-in?deleted=1");
  };
  const same = typed.trim().toLowerCase() === email.toLowerCase();
  return (
    <DialogForm danger variant="danger" size="md" label="Delete my account" title="Delete your account?" description={CONSEQUENCE} verb="Delete for good" keep="Keep the account" incomplete={!same} perform={remove} onOpen={() => setTyped("")}>
      <TextField label="Type your address" value={typed} onChange={(event) => setTyped(event.target.value)} type="email" autoComplete="off" hint={email} />
    </DialogForm>
  );
}
