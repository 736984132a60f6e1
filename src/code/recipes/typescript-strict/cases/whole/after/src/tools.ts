export interface Tool {
  name: string;
  lentTo: string | null;
  onReturn?: () => void;
}

export class Shed {
  private readonly tools: Tool[] = [];
  private last: Tool | undefined;
  listener: ((tool: Tool) => void) | null = null;

  add(name: string, lentTo: string | null = null) {
    const tool = { name, lentTo };
    this.tools.push(tool);
    this.last = tool;
    if (this.listener) this.listener(tool);
  }

  newest(): string | undefined {
    return this.last ? this.last.name : undefined;
  }

  find(name: string): Tool | undefined {
    return this.tools.find((tool) => tool.name === name);
  }

  async ask(name: string): Promise<string | null> {
    const tool = this.find(name);
    return tool ? tool.lentTo : null;
  }
}
