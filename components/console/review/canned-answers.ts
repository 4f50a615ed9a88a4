export interface CannedAnswer {
  /** Section of the review policy the answer rests on. */
  clause: string;
  label: string;
  decision: "approve" | "request_changes" | "reject";
  text: string;
}

/** Answers reviewers give often; each names its clause, and each is a beginning to edit, not a verdict. */
export const CANNED_ANSWERS: readonly CannedAnswer[] = [
  {
    clause: "checks",
    label: "All clear",
    decision: "approve",
    text: "I read the change and the findings. The permissions match what the code uses, and nothing blocks. (clause: checks)",
  },
  {
    clause: "permissions",
    label: "New permission explained",
    decision: "approve",
    text: "The added permission is used where the README says, and for nothing else that I found. (clause: permissions)",
  },
  {
    clause: "permissions",
    label: "Permission not explained",
    decision: "request_changes",
    text: "Say in the README why the added permission is needed and which code uses it, or take it out. (clause: permissions)",
  },
  {
    clause: "code",
    label: "Source missing",
    decision: "request_changes",
    text: "Part of the code is minified or generated without its source. Include the source it was built from. (clause: code)",
  },
  {
    clause: "metadata",
    label: "README incomplete",
    decision: "request_changes",
    text: "The README should say how it is used, what each permission is for, and which data leaves the host. (clause: metadata)",
  },
  {
    clause: "data handling",
    label: "Data leaves undeclared",
    decision: "request_changes",
    text: "The code sends data off the host, but the manifest has no data_handling. Declare retention, regions and training use. (clause: data handling)",
  },
  {
    clause: "identity",
    label: "Look-alike name",
    decision: "reject",
    text: "The name can be mistaken for an existing listing by someone else. Publish under a name of your own. (clause: identity)",
  },
  {
    clause: "malicious code",
    label: "Harmful code",
    decision: "reject",
    text: "The package does something on the host that its description hides. The finding with file and line: … (clause: malicious code)",
  },
];
