#!/usr/bin/env node
import { start } from '../lib/index.js';

start();
