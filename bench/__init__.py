"""Speed and memory, beside bare libraries doing the same in the same run. Nothing here is a test."""
