"use client";

import { useRef } from "react";
import type { ReactNode } from "react";
import { Button } from "#components/ui/button.tsx";

interface FilePickerProps {
  label: string;
  accept: string;
  onFile: (file: File) => void;
  icon?: ReactNode;
  disabled?: boolean;
}

/** A button that opens the platform's file chooser; choosing the same file twice counts twice. */
export function FilePicker({ label, accept, onFile, icon, disabled = false }: FilePickerProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        aria-label={label}
        tabIndex={-1}
        className="sr-only"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file) onFile(file);
        }}
      />
      <Button icon={icon} disabled={disabled} onClick={() => input.current?.click()} className="needs-script">
        {label}
      </Button>
    </>
  );
}
