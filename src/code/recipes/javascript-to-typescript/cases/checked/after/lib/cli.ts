#!/usr/bin/env node
import {find} from './index.ts'

find('x')
