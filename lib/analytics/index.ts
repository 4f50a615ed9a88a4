export { countDownload, flushDownloads, flushDownloadsRegularly } from "./count-downloads.ts";
