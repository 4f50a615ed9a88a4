import { CircleAlert } from "lucide-react";
import { useId } from "react";
import type { InputHTMLAttributes, ReactNode, SelectHTMLAttributes, TextareaHTMLAttributes } from "react";
import { joinClasses } from "#components/ui/join-classes.ts";

const CONTROL =
  "w-full rounded-md border bg-panel text-14 text-grey-12 transition-colors hover:border-grey-10 disabled:bg-grey-3 disabled:text-grey-10";

interface Labelled {
  label: ReactNode;
  hint?: ReactNode;
  /** What is wrong and what to do; shown under the field and announced with it. */
  error?: ReactNode;
  /** Values people compare by eye (ids, hashes, keys) are set in mono. */
  mono?: boolean;
  /** The label is read out but not drawn. */
  hideLabel?: boolean;
}

interface ShellProps extends Pick<Labelled, "label" | "hint" | "error" | "hideLabel"> {
  id: string;
  children: ReactNode;
}

function FieldShell({ id, label, hint, error, hideLabel, children }: ShellProps) {
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className={hideLabel ? "sr-only" : "text-13 font-medium text-grey-12"}>
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-13 text-grey-11">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-13 text-red-ink">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
    </div>
  );
}

function describe(id: string, hint: ReactNode, error: ReactNode) {
  const parts = [hint ? `${id}-hint` : "", error ? `${id}-error` : ""].filter((part) => part !== "");
  return { "aria-describedby": parts.length > 0 ? parts.join(" ") : undefined, "aria-invalid": error ? true : undefined };
}

function controlStyle(error: ReactNode, mono: boolean | undefined, more: string, className: string | undefined): string {
  return joinClasses(CONTROL, error ? "border-red-solid" : "border-grey-9", mono && "font-mono", more, className);
}

/** One line of text with its label, hint and error. */
export function TextField({ label, hint, error, mono, hideLabel, className, id: given, ...rest }: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const made = useId();
  const id = given ?? made;
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} hideLabel={hideLabel}>
      <input dir="auto" {...rest} id={id} {...describe(id, hint, error)} className={controlStyle(error, mono, "h-9 px-3", className)} />
    </FieldShell>
  );
}

/** Several lines of text with label, hint and error. */
export function TextareaField({ label, hint, error, mono, hideLabel, className, id: given, rows = 4, ...rest }: Labelled & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  const made = useId();
  const id = given ?? made;
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} hideLabel={hideLabel}>
      <textarea {...rest} rows={rows} id={id} {...describe(id, hint, error)} className={controlStyle(error, mono, "px-3 py-2", className)} />
    </FieldShell>
  );
}

/** A choice of one, by the platform's own select; `children` are the options. */
export function SelectField({ label, hint, error, mono, hideLabel, className, id: given, children, ...rest }: Labelled & SelectHTMLAttributes<HTMLSelectElement>) {
  const made = useId();
  const id = given ?? made;
  return (
    <FieldShell id={id} label={label} hint={hint} error={error} hideLabel={hideLabel}>
      <select {...rest} id={id} {...describe(id, hint, error)} className={controlStyle(error, mono, "h-9 px-2", className)}>
        {children}
      </select>
    </FieldShell>
  );
}

/** A tick box whose label stands beside it. */
export function CheckboxField({ label, hint, error, mono, className, id: given, ...rest }: Labelled & InputHTMLAttributes<HTMLInputElement>) {
  const made = useId();
  const id = given ?? made;
  return (
    <div className={joinClasses("grid grid-cols-[1rem_1fr] items-start gap-x-2.5", className)}>
      <input {...rest} type="checkbox" id={id} {...describe(id, hint, error)} className="mt-0.5 size-4 accent-accent" />
      <label htmlFor={id} className={joinClasses("text-14 text-grey-12", mono && "font-mono text-13")}>
        {label}
      </label>
      {hint ? (
        <p id={`${id}-hint`} className="col-start-2 text-13 text-grey-11">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="col-start-2 text-13 text-red-ink">
          {error}
        </p>
      ) : null}
    </div>
  );
}
