export class Mailer {
  constructor(private readonly from: string) {}
  send(to: string): string {
    return `${this.from} -> ${to}`;
  }
}
