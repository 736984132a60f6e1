#!/usr/bin/env node
import {find} from './index.js'

find('x')
