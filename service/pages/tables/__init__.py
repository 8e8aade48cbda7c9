"""Tables that users keep: 单位名录 and 说法."""
