import { v4 as uuidv4 } from 'uuid';
import { v1 } from "uuid";

export const id = (): string => uuidv4() + v1();
