import 'express-session';

declare module 'express-session' {
  interface SessionData {
    email: string;
    cart: Record<string, number>;
  }
}
