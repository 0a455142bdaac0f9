"""The page: what a store holds, to be read, checked, explored and asked in a browser.

Views are frozen values made by pure functions over a store that is open for reading (`document`, `entity`, `facets`,
`timeline`, `matrix`, `network`, `search`, `queue`); templates show them, and the same values are the JSON of the page.
"""
