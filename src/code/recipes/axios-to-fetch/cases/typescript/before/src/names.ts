import type { AxiosError } from "axios";

export const nameOf = (item: string): string => item.toUpperCase();
export const reasonOf = (error: AxiosError<{ reason: string }>): string => error.response?.data.reason ?? error.message;
