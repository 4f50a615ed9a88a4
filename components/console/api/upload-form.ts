import { readProblem, unreachable } from "#components/console/api/api-problem.ts";

export interface UploadProgress {
  sentBytes: number;
  /** Includes the multipart envelope, so a little more than the file. */
  totalBytes: number;
}

interface UploadOptions {
  onProgress: (progress: UploadProgress) => void;
  signal?: AbortSignal;
}

/**
 * Posts a form and reports the bytes that really left. `fetch` cannot tell how
 * much of a request body was sent, which is why this stands on XMLHttpRequest.
 *
 * @throws ApiProblem for every answer of 400 and above, and when none came;
 *         an `AbortError` when `signal` fires.
 */
export function uploadForm<T>(path: string, form: FormData, options: UploadOptions): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("accept", "application/json");
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) options.onProgress({ sentBytes: event.loaded, totalBytes: event.total });
    };
    request.onload = () => {
      if (request.status >= 400) return reject(readProblem(request.status, request.responseText));
      try {
        resolve(JSON.parse(request.responseText) as T);
      } catch {
        reject(readProblem(request.status, request.responseText));
      }
    };
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(new DOMException("The upload was stopped.", "AbortError"));
    options.signal?.addEventListener("abort", () => request.abort(), { once: true });
    request.send(form);
  });
}
