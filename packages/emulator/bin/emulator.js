#!/usr/bin/env node
import { emulatorCommand } from '../dist/index.js'

process.exitCode = await emulatorCommand(process.argv.slice(2))
